import type { FolderParts } from '../schema-part.ts'
import { abortTransactionParts } from './abort-transaction.ts'
import { hangingTransactionsParts } from './hanging-transactions.ts'
import { producerStateParts } from './producer-state.ts'
import { TransactionStateEnum } from './transaction-state-enum.ts'
import { Transaction } from './transaction-type.ts'
import { transactionsParts } from './transactions.ts'

/** What the schema says of transactions. */
export const transactionSchema: FolderParts = {
  reads: [hangingTransactionsParts, producerStateParts, TransactionStateEnum, Transaction, transactionsParts],
  writes: [abortTransactionParts],
}
