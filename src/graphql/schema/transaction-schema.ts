import type { FolderParts } from '../core/schema-part.ts'
import { abortTransactionParts } from '../transaction/abort-transaction.ts'
import { hangingTransactionsParts } from '../transaction/hanging-transactions.ts'
import { producerStateParts } from '../transaction/producer-state.ts'
import { TransactionStateEnum } from '../transaction/transaction-state-enum.ts'
import { Transaction } from '../transaction/transaction-type.ts'
import { transactionsParts } from '../transaction/transactions.ts'

/** What the schema says of transactions. */
export const transactionSchema: FolderParts = {
  reads: [hangingTransactionsParts, producerStateParts, TransactionStateEnum, Transaction, transactionsParts],
  writes: [abortTransactionParts],
}
