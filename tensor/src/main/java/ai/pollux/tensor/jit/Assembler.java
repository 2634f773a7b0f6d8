package ai.pollux.tensor.jit;

import ai.pollux.tensor.jit.Operand.Mem;
import ai.pollux.tensor.jit.Operand.Zmm;
import java.util.Arrays;

/**
 * Writes x86-64 instructions, one method each, named as in the manual and with operands in its
 * order: the destination first. Only what kernels need; general registers are used with 64 bits
 * unless a method says otherwise.
 */
final class Assembler {
  /** Bytes of the distance of a jump, which is counted from behind them. */
  private static final int DISTANCE = Integer.BYTES;

  /** (a & b) | c for {@link #vpternlogd}: bit 4a + 2b + c of the table is the result. */
  static final int AND_OR = 0b1110_1010;

  /** c ? b : a, bit by bit, for {@link #vpternlogd}. */
  static final int MERGE = 0b1101_1000;

  private byte[] code = new byte[4096];
  private int size;

  /** What was written. All labels have been bound. */
  byte[] bytes() {
    return Arrays.copyOf(code, size);
  }

  // General instructions ----------------------------------------------------------------------

  void mov(Gp target, Gp source) {
    general(0x89, source, target);
  }

  /** Sets the lower 32 bits, and clears the upper ones. */
  void mov(Gp target, int value) {
    if (target.high() == 1) {
      put(0x41);
    }
    put(0xb8 | target.low());
    putInt(value);
  }

  /** Stores the lower 32 bits. */
  void movDword(Mem target, Gp source) {
    put(0x40 | source.high() << 2 | target.base().high());
    put(0x89);
    memory(source.low(), target, 1);
  }

  void lea(Gp target, Mem address) {
    put(0x48 | target.high() << 2 | address.base().high());
    put(0x8d);
    memory(target.low(), address, 1);
  }

  void add(Gp target, Gp value) {
    general(0x01, value, target);
  }

  void sub(Gp target, Gp value) {
    general(0x29, value, target);
  }

  void cmp(Gp left, Gp right) {
    general(0x39, right, left);
  }

  void add(Gp target, int value) {
    constant(0, target, value);
  }

  void sub(Gp target, int value) {
    constant(5, target, value);
  }

  void cmp(Gp left, int right) {
    constant(7, left, right);
  }

  void shl(Gp target, int bits) {
    put(0x48 | target.high());
    put(0xc1);
    put(0xc0 | 4 << 3 | target.low());
    put(bits);
  }

  void push(Gp source) {
    if (source.high() == 1) {
      put(0x41);
    }
    put(0x50 | source.low());
  }

  void pop(Gp target) {
    if (target.high() == 1) {
      put(0x41);
    }
    put(0x58 | target.low());
  }

  void prefetcht0(Mem address) {
    if (address.base().high() == 1) {
      put(0x41);
    }
    put(0x0f);
    put(0x18);
    memory(1, address, 1);
  }

  void cpuid() {
    put(0x0f);
    put(0xa2);
  }

  void xgetbv() {
    put(0x0f);
    put(0x01);
    put(0xd0);
  }

  void ret() {
    put(0xc3);
  }

  // Jumps -------------------------------------------------------------------------------------

  /** The label is here. */
  void bind(Label label) {
    label.position = size;
    for (int at : label.waiting) {
      putIntAt(at, size - (at + DISTANCE));
    }
    label.waiting.clear();
  }

  /** Jumps if the last result was not 0. */
  void jne(Label label) {
    put(0x0f);
    put(0x85);
    distance(label);
  }

  /** Jumps if left ≥ right in the last comparison, without signs. */
  void jae(Label label) {
    put(0x0f);
    put(0x83);
    distance(label);
  }

  private void distance(Label label) {
    if (label.position < 0) {
      label.waiting.add(size);
      putInt(0);
    } else {
      putInt(label.position - (size + DISTANCE));
    }
  }

  // Vector instructions -----------------------------------------------------------------------

  void vmovups(Zmm target, Mem source) {
    evex(VectorOp.VMOVUPS, target.number(), 0, source);
  }

  void vmovups(Mem target, Zmm source) {
    evex(VectorOp.VMOVUPS_STORE, source.number(), 0, target);
  }

  void vmovaps(Zmm target, Zmm source) {
    evex(VectorOp.VMOVAPS, target.number(), 0, source);
  }

  void vaddps(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VADDPS, target.number(), a.number(), b);
  }

  void vmulps(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VMULPS, target.number(), a.number(), b);
  }

  /** target = target · a + b. */
  void vfmadd213ps(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VFMADD213PS, target.number(), a.number(), b);
  }

  /** target = a · b + target. */
  void vfmadd231ps(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VFMADD231PS, target.number(), a.number(), b);
  }

  /** Ints to floats. */
  void vcvtdq2ps(Zmm target, Operand source) {
    evex(VectorOp.VCVTDQ2PS, target.number(), 0, source);
  }

  /** 16 half floats to floats. */
  void vcvtph2ps(Zmm target, Mem source) {
    evex(VectorOp.VCVTPH2PS, target.number(), 0, source);
  }

  /** 16 signed bytes to ints. */
  void vpmovsxbd(Zmm target, Mem source) {
    evex(VectorOp.VPMOVSXBD, target.number(), 0, source);
  }

  /** 16 shorts without sign to ints. */
  void vpmovzxwd(Zmm target, Mem source) {
    evex(VectorOp.VPMOVZXWD, target.number(), 0, source);
  }

  /** Four bytes to all lanes. */
  void vpbroadcastd(Zmm target, Mem source) {
    evex(
        VectorOp.VPBROADCASTD,
        target.number(),
        0,
        Operand.at(source.base(), source.displacement()));
  }

  void vpandd(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VPANDD, target.number(), a.number(), b);
  }

  void vpxord(Zmm target, Zmm a, Operand b) {
    evex(VectorOp.VPXORD, target.number(), a.number(), b);
  }

  /** target = table(target, a, b), bit by bit. */
  void vpternlogd(Zmm target, Zmm a, Operand b, int table) {
    evex(VectorOp.VPTERNLOGD, target.number(), a.number(), b);
    put(table);
  }

  void vpsrld(Zmm target, Operand source, int bits) {
    evex(VectorOp.SHIFT, 2, target.number(), source);
    put(bits);
  }

  void vpslld(Zmm target, Operand source, int bits) {
    evex(VectorOp.SHIFT, 6, target.number(), source);
    put(bits);
  }

  void vprord(Zmm target, Operand source, int bits) {
    evex(VectorOp.SHIFT, 0, target.number(), source);
    put(bits);
  }

  /** target[lane] = table[the low 4 bits of index[lane]]. */
  void vpermps(Zmm target, Zmm index, Operand table) {
    evex(VectorOp.VPERMPS, target.number(), index.number(), table);
  }

  /** index[lane] = (low, high)[the low 5 bits of index[lane]]. */
  void vpermi2ps(Zmm index, Zmm low, Operand high) {
    evex(VectorOp.VPERMI2PS, index.number(), low.number(), high);
  }

  /** Clears what older vector instructions cannot see; without it they become slow. */
  void vzeroupper() {
    put(0xc5);
    put(0xf8);
    put(0x77);
  }

  // Encoding ----------------------------------------------------------------------------------

  private void general(int opcode, Gp register, Gp target) {
    put(0x48 | register.high() << 2 | target.high());
    put(opcode);
    put(0xc0 | register.low() << 3 | target.low());
  }

  private void constant(int operation, Gp target, int value) {
    put(0x48 | target.high());
    put(0x81);
    put(0xc0 | operation << 3 | target.low());
    putInt(value);
  }

  /**
   * The four bytes of the EVEX prefix, the opcode and the operands. The fourth and fifth bits of
   * register numbers are spread over the prefix, inverted.
   *
   * @param register what stands in the register field: usually the target
   * @param second the register that stands in the prefix, 0 if there is none
   */
  private void evex(VectorOp op, int register, int second, Operand last) {
    int base =
        switch (last) {
          case Zmm zmm -> zmm.number();
          case Mem mem -> mem.base().number;
        };
    boolean toAll = last instanceof Mem mem && mem.toAll();
    // The fifth bit of a last register takes the place of an index register's fourth.
    int high =
        (register >> 3 & 1) << 7
            | (base >> 4 & 1) << 6
            | (base >> 3 & 1) << 5
            | (register >> 4 & 1) << 4;
    put(0x62);
    put((high ^ 0xf0) | op.map);
    put((~second & 15) << 3 | 4 | op.prefix);
    put(0b10 << 5 | (toAll ? 0x10 : 0) | (second >> 4 ^ 1) << 3);
    put(op.opcode);
    switch (last) {
      case Zmm zmm -> put(0xc0 | (register & 7) << 3 | (zmm.number() & 7));
      case Mem mem -> memory(register & 7, mem, toAll ? Float.BYTES : op.memoryBytes);
    }
  }

  /**
   * The operand bytes of {@code [base + displacement]}.
   *
   * @param unit what a displacement of 8 bits counts
   */
  private void memory(int register, Mem mem, int unit) {
    int scaled = mem.displacement() / unit;
    boolean small = scaled * unit == mem.displacement() && scaled == (byte) scaled;
    put((small ? 0x40 : 0x80) | register << 3 | mem.base().low());
    if (mem.base().low() == Gp.RSP.low()) {
      // This number announces an index; the byte that follows says there is none.
      put(0x24);
    }
    if (small) {
      put(scaled);
    } else {
      putInt(mem.displacement());
    }
  }

  private void put(int value) {
    if (size == code.length) {
      code = Arrays.copyOf(code, 2 * size);
    }
    code[size++] = (byte) value;
  }

  private void putInt(int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      put(value >> (Byte.SIZE * i));
    }
  }

  private void putIntAt(int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      code[at + i] = (byte) (value >> (Byte.SIZE * i));
    }
  }
}
