;; Renders the bytes of a payload as the inside of a JSON string. `npm run wasm` compiles this file to renderings-wasm.ts.
;;
;; The caller copies the bytes to $from and reads the result at $to. Loads go up to 15 bytes beyond the source, stores up to 31 bytes
;; beyond the result, so both need that room behind them.
(module
  ;; 20 pages of 64 KiB: one for the source, the others for results. Untouched pages take no memory.
  (memory (export "memory") 20 20)

  ;; How many of the 16 bytes at $from are before $end.
  (func $within (param $from i32) (param $end i32) (result i32)
    (local $left i32)
    (local.set $left (i32.sub (local.get $end) (local.get $from)))
    (select (i32.const 16) (local.get $left) (i32.gt_u (local.get $left) (i32.const 16))))

  ;; Writes the escape of one byte: `"`, `\` or a control character. Returns the end.
  (func $escaped (param $byte i32) (param $to i32) (result i32)
    (local $letter i32)
    (if (i32.ge_u (local.get $byte) (i32.const 32)) (then (local.set $letter (local.get $byte))))
    (if (i32.eq (local.get $byte) (i32.const 8)) (then (local.set $letter (i32.const 98)))) ;; \b
    (if (i32.eq (local.get $byte) (i32.const 9)) (then (local.set $letter (i32.const 116)))) ;; \t
    (if (i32.eq (local.get $byte) (i32.const 10)) (then (local.set $letter (i32.const 110)))) ;; \n
    (if (i32.eq (local.get $byte) (i32.const 12)) (then (local.set $letter (i32.const 102)))) ;; \f
    (if (i32.eq (local.get $byte) (i32.const 13)) (then (local.set $letter (i32.const 114)))) ;; \r
    (if (local.get $letter)
      (then
        (i32.store16 (local.get $to) (i32.or (i32.const 0x5c) (i32.shl (local.get $letter) (i32.const 8))))
        (return (i32.add (local.get $to) (i32.const 2)))))
    ;; `\u00` and two hexadecimal digits, of which the first is 0 or 1.
    (i32.store (local.get $to) (i32.const 0x3030755c))
    (i32.store8 offset=4 (local.get $to) (i32.add (i32.shr_u (local.get $byte) (i32.const 4)) (i32.const 48)))
    (local.set $letter (i32.and (local.get $byte) (i32.const 15)))
    (i32.store8 offset=5 (local.get $to)
      (i32.add (local.get $letter)
        (select (i32.const 48) (i32.const 87) (i32.lt_u (local.get $letter) (i32.const 10)))))
    (i32.add (local.get $to) (i32.const 6)))

  ;; UTF-8 as JSON writes it. Returns the end of the result; negative if a byte is not ASCII, so that the caller must check that the
  ;; bytes are UTF-8.
  (func (export "text") (param $from i32) (param $length i32) (param $to i32) (result i32)
    (local $end i32) (local $count i32) (local $mask i32) (local $bits i32) (local $beyond i32) (local $chunk v128)
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $count (call $within (local.get $from) (local.get $end)))
        (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1)))
        (local.set $chunk (v128.load (local.get $from)))
        (v128.store (local.get $to) (local.get $chunk))
        (local.set $beyond
          (i32.or (local.get $beyond) (i32.and (i8x16.bitmask (local.get $chunk)) (local.get $mask))))
        ;; A bit for each byte that needs an escape.
        (local.set $bits
          (i32.and (local.get $mask)
            (i8x16.bitmask
              (v128.or
                (i8x16.lt_u (local.get $chunk) (i8x16.splat (i32.const 32)))
                (v128.or
                  (i8x16.eq (local.get $chunk) (i8x16.splat (i32.const 34)))
                  (i8x16.eq (local.get $chunk) (i8x16.splat (i32.const 92))))))))
        (if (local.get $bits) (then (local.set $count (i32.ctz (local.get $bits)))))
        (local.set $from (i32.add (local.get $from) (local.get $count)))
        (local.set $to (i32.add (local.get $to) (local.get $count)))
        (br_if $next (i32.eqz (local.get $bits)))
        (local.set $to (call $escaped (i32.load8_u (local.get $from)) (local.get $to)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (select (i32.sub (i32.const 0) (local.get $to)) (local.get $to) (local.get $beyond)))

  ;; Two hexadecimal digits for each byte. Returns the end of the result.
  (func (export "hex") (param $from i32) (param $length i32) (param $to i32) (result i32)
    (local $end i32) (local $last i32) (local $chunk v128) (local $digits v128) (local $high v128) (local $low v128)
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (local.set $last (i32.add (local.get $to) (i32.shl (local.get $length) (i32.const 1))))
    ;; 0123456789abcdef
    (local.set $digits (v128.const i8x16 48 49 50 51 52 53 54 55 56 57 97 98 99 100 101 102))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $chunk (v128.load (local.get $from)))
        (local.set $high (i8x16.swizzle (local.get $digits) (i8x16.shr_u (local.get $chunk) (i32.const 4))))
        (local.set $low
          (i8x16.swizzle (local.get $digits) (v128.and (local.get $chunk) (i8x16.splat (i32.const 15)))))
        (v128.store (local.get $to)
          (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $high) (local.get $low)))
        (v128.store offset=16 (local.get $to)
          (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $high) (local.get $low)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (br $next)))
    (local.get $last))

  ;; Base64 with padding: 12 bytes become 16 characters at once. Returns the end of the result.
  (func (export "base64") (param $from i32) (param $length i32) (param $to i32) (result i32)
    (local $end i32) (local $last i32) (local $rest i32) (local $groups v128) (local $places v128) (local $range v128)
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (local.set $rest (i32.rem_u (local.get $length) (i32.const 3)))
    (local.set $last
      (i32.add (local.get $to)
        (i32.shl (i32.div_u (i32.add (local.get $length) (i32.const 2)) (i32.const 3)) (i32.const 2))))
    ;; The bits that an incomplete group lacks are 0.
    (i32.store16 (local.get $end) (i32.const 0))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        ;; Each lane of 32 bits holds three bytes as a number of 24 bits.
        (local.set $groups
          (i8x16.swizzle (v128.load (local.get $from))
            (v128.const i8x16 2 1 0 255 5 4 3 255 8 7 6 255 11 10 9 255)))
        ;; The four places of 6 bits, from the highest to the lowest, one a byte.
        (local.set $places
          (v128.or
            (v128.or
              (v128.and (i32x4.shr_u (local.get $groups) (i32.const 18)) (i32x4.splat (i32.const 0x3f)))
              (v128.and (i32x4.shr_u (local.get $groups) (i32.const 4)) (i32x4.splat (i32.const 0x3f00))))
            (v128.or
              (v128.and (i32x4.shl (local.get $groups) (i32.const 10)) (i32x4.splat (i32.const 0x3f0000)))
              (v128.and (i32x4.shl (local.get $groups) (i32.const 24)) (i32x4.splat (i32.const 0x3f000000))))))
        ;; Which range of characters each belongs to: 13 A-Z, 0 a-z, 1 to 10 the digits, 11 `+`, 12 `/`.
        (local.set $range
          (v128.or
            (i8x16.sub_sat_u (local.get $places) (i8x16.splat (i32.const 51)))
            (v128.and
              (i8x16.lt_u (local.get $places) (i8x16.splat (i32.const 26)))
              (i8x16.splat (i32.const 13)))))
        ;; The distance from the place to its character, by range.
        (v128.store (local.get $to)
          (i8x16.add (local.get $places)
            (i8x16.swizzle
              (v128.const i8x16 71 -4 -4 -4 -4 -4 -4 -4 -4 -4 -4 -19 -16 65 0 0)
              (local.get $range))))
        (local.set $from (i32.add (local.get $from) (i32.const 12)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))
    (if (local.get $rest) (then (i32.store8 (i32.sub (local.get $last) (i32.const 1)) (i32.const 61))))
    (if (i32.eq (local.get $rest) (i32.const 1))
      (then (i32.store8 (i32.sub (local.get $last) (i32.const 2)) (i32.const 61))))
    (local.get $last)))
