package ai.pollux.tensor.jit;

/**
 * The vector instructions that kernels use, as the processor's manual lists them: all of 512 bits
 * and EVEX encoded, with W = 0. Source: Intel 64 and IA-32 Architectures Software Developer's
 * Manual, volume 2.
 */
enum VectorOp {
  VMOVUPS(Opcodes.M0F, Prefixes.NONE, 0x10, 64),
  VMOVUPS_STORE(Opcodes.M0F, Prefixes.NONE, 0x11, 64),
  VMOVAPS(Opcodes.M0F, Prefixes.NONE, 0x28, 64),
  VADDPS(Opcodes.M0F, Prefixes.NONE, 0x58, 64),
  VMULPS(Opcodes.M0F, Prefixes.NONE, 0x59, 64),
  VCVTDQ2PS(Opcodes.M0F, Prefixes.NONE, 0x5b, 64),
  /** Shifts and rotations by a constant; which one stands in the register field. */
  SHIFT(Opcodes.M0F, Prefixes.P66, 0x72, 64),
  VPANDD(Opcodes.M0F, Prefixes.P66, 0xdb, 64),
  VPXORD(Opcodes.M0F, Prefixes.P66, 0xef, 64),
  VCVTPH2PS(Opcodes.M0F38, Prefixes.P66, 0x13, 32),
  VPERMPS(Opcodes.M0F38, Prefixes.P66, 0x16, 64),
  VPMOVSXBD(Opcodes.M0F38, Prefixes.P66, 0x21, 16),
  VPMOVZXWD(Opcodes.M0F38, Prefixes.P66, 0x33, 32),
  VPBROADCASTD(Opcodes.M0F38, Prefixes.P66, 0x58, 4),
  VPERMI2PS(Opcodes.M0F38, Prefixes.P66, 0x77, 64),
  VFMADD213PS(Opcodes.M0F38, Prefixes.P66, 0xa8, 64),
  VFMADD231PS(Opcodes.M0F38, Prefixes.P66, 0xb8, 64),
  VPTERNLOGD(Opcodes.M0F3A, Prefixes.P66, 0x25, 64);

  /** What stands for the table of opcodes that an instruction is in. */
  final int map;

  /** What stands for the byte that older encodings put in front. */
  final int prefix;

  final int opcode;

  /** Bytes it reads or writes in memory, which are the unit of an 8-bit displacement. */
  final int memoryBytes;

  /** Tables of opcodes, by the bytes that older encodings name them with. */
  private static final class Opcodes {
    static final int M0F = 1;
    static final int M0F38 = 2;
    static final int M0F3A = 3;
  }

  private static final class Prefixes {
    static final int NONE = 0;
    static final int P66 = 1;
  }

  VectorOp(int map, int prefix, int opcode, int memoryBytes) {
    this.map = map;
    this.prefix = prefix;
    this.opcode = opcode;
    this.memoryBytes = memoryBytes;
  }
}
