(module (memory 1) (func (export "simd") (result i32) (i32x4.extract_lane 0 (v128.load (i32.const 0)))))
