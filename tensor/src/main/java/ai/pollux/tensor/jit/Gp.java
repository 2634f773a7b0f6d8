package ai.pollux.tensor.jit;

/** The general registers. */
enum Gp {
  RAX(0),
  RCX(1),
  RDX(2),
  RBX(3),
  RSP(4),
  RBP(5),
  RSI(6),
  RDI(7),
  R8(8),
  R9(9),
  R10(10),
  R11(11),
  R12(12),
  R13(13),
  R14(14),
  R15(15);

  /** What stands for it in an instruction. */
  final int number;

  Gp(int number) {
    this.number = number;
  }

  /** The three bits that stand in the byte of operands. */
  int low() {
    return number & 7;
  }

  /** The fourth bit, which stands in a prefix. */
  int high() {
    return number >> 3;
  }
}
