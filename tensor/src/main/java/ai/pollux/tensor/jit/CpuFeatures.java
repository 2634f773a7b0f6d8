package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What the processor and the system let code use, as the instructions {@code CPUID} and {@code
 * XGETBV} tell. Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1,
 * section 15.2.
 *
 * @param avx512 the instructions of {@link VectorOp}, and registers that the system saves
 */
record CpuFeatures(boolean avx512) {
  private static final int OSXSAVE = 1 << 27;
  private static final int F = 1 << 16;
  private static final int DQ = 1 << 17;
  private static final int BW = 1 << 30;
  private static final int VL = 1 << 31;

  /** State that the system saves: vectors of 128, 256 and 512 bits, masks, registers 16 to 31. */
  private static final int STATE = 0b1110_0110;

  /** Asks the processor this runs on. */
  static CpuFeatures detect() throws ExecutableMemory.RefusedException {
    try (ExecutableMemory code = new ExecutableMemory(List.of(cpuid(), xgetbv()));
        Arena arena = Arena.ofConfined()) {
      MachineCode cpuid = code.routines().get(0);
      MemorySegment registers = arena.allocate(4L * Integer.BYTES, Long.BYTES);
      int leaves = leaf(cpuid, 0, registers).get(JAVA_INT, 0);
      int general = leaf(cpuid, 1, registers).get(JAVA_INT, 8);
      if (leaves < 7 || (general & OSXSAVE) == 0) {
        return new CpuFeatures(false);
      }
      int extended = leaf(cpuid, 7, registers).get(JAVA_INT, 4);
      code.routines().get(1).call(registers.address(), 0, 0, 0, 0, 0);
      int saved = registers.get(JAVA_INT, 0);
      return new CpuFeatures(has(extended, F | DQ | BW | VL) && has(saved, STATE));
    }
  }

  private static boolean has(int found, int wanted) {
    return (found & wanted) == wanted;
  }

  private static MemorySegment leaf(MachineCode cpuid, int leaf, MemorySegment registers) {
    cpuid.call(leaf, 0, registers.address(), 0, 0, 0);
    return registers;
  }

  /** (leaf, subleaf, address): writes eax, ebx, ecx and edx to the address. */
  private static byte[] cpuid() {
    Assembler a = new Assembler();
    a.push(Gp.RBX);
    a.mov(Gp.R8, Gp.RDX);
    a.mov(Gp.RAX, Gp.RDI);
    a.mov(Gp.RCX, Gp.RSI);
    a.cpuid();
    a.movDword(at(Gp.R8, 0), Gp.RAX);
    a.movDword(at(Gp.R8, 4), Gp.RBX);
    a.movDword(at(Gp.R8, 8), Gp.RCX);
    a.movDword(at(Gp.R8, 12), Gp.RDX);
    a.pop(Gp.RBX);
    a.ret();
    return a.bytes();
  }

  /** (address): writes the lower half of extended control register 0 to the address. */
  private static byte[] xgetbv() {
    Assembler a = new Assembler();
    a.mov(Gp.RCX, 0);
    a.xgetbv();
    a.movDword(at(Gp.RDI, 0), Gp.RAX);
    a.ret();
    return a.bytes();
  }
}
