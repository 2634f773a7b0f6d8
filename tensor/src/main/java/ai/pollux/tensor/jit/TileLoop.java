package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;
import java.util.List;

/**
 * Emits y[r, o] = Σᵢ x[r, i] · w[o, i] for some rows of x and whole tiles of w, 64 outputs each.
 *
 * <pre>
 * void kernel(tiles, count, inputs, x, y, stride)      // rdi, rsi, rdx, rcx, r8, r9
 *   for each tile:
 *     y[·, 64] = 0
 *     for each chunk of 128 inputs:                    // the order of sums of tensor.simd
 *       sums = 0
 *       for each step of the chunk: sums += x · w      // TileCode
 *       y[·, 64] += sums
 *     y += 64
 * </pre>
 *
 * Rows of x are {@code inputs} floats each, one after the other; rows of y are {@code stride} bytes
 * apart.
 */
final class TileLoop {
  private static final int CHUNK = 128;
  private static final int VECTOR = 64;
  private static final Gp TILES = Gp.RSI;
  private static final Gp WIDTH = Gp.RDX;
  private static final Gp X = Gp.RCX;
  private static final Gp Y = Gp.R8;
  private static final Gp STRIDE = Gp.R9;

  /** Inputs left in the tile, and in the chunk. */
  private static final Gp LEFT = Gp.RAX;

  private static final Gp LEFT_IN_CHUNK = Gp.R10;
  private static final Gp TEMPORARY = Gp.R11;

  /** Registers that a called routine has to give back as they were. */
  private static final List<Gp> SAVED = List.of(Gp.RBX, Gp.RBP, Gp.R12, Gp.R13, Gp.R14, Gp.R15);

  private final TileCode code;
  private final Assembler a = new Assembler();
  private final Rows rows;

  private TileLoop(TileCode code, int count) {
    this.code = code;
    rows = new Rows(a, count);
  }

  /** The kernel for a layout and that many rows. */
  static byte[] emit(TileCode code, int rows) {
    return new TileLoop(code, rows).emit();
  }

  private byte[] emit() {
    SAVED.forEach(a::push);
    int[] constants = code.constants();
    int stack = Math.ceilDiv(constants.length, 2) * Long.BYTES;
    a.sub(Gp.RSP, stack);
    for (int i = 0; i < constants.length; i++) {
      a.mov(TEMPORARY, constants[i]);
      a.movDword(at(Gp.RSP, Integer.BYTES * i), TEMPORARY);
    }
    code.emitStart(rows);
    Label tile = new Label();
    a.bind(tile);
    emitTile();
    a.add(Y, Rows.GROUPS * VECTOR);
    a.sub(TILES, 1);
    a.jne(tile);
    a.add(Gp.RSP, stack);
    SAVED.reversed().forEach(a::pop);
    a.vzeroupper();
    a.ret();
    return a.bytes();
  }

  private void emitTile() {
    clearOutputs();
    a.mov(TEMPORARY, WIDTH);
    a.shl(TEMPORARY, 2);
    a.mov(rows.input(0), X);
    for (int r = 1; r < rows.count(); r++) {
      a.mov(rows.input(r), rows.input(r - 1));
      a.add(rows.input(r), TEMPORARY);
    }
    a.mov(LEFT, WIDTH);
    code.emitTileStart(rows);
    Label chunk = new Label();
    a.bind(chunk);
    emitChunk();
    a.cmp(LEFT, 0);
    a.jne(chunk);
  }

  private void emitChunk() {
    Label whole = new Label();
    a.mov(LEFT_IN_CHUNK, CHUNK);
    a.cmp(LEFT, LEFT_IN_CHUNK);
    a.jae(whole);
    a.mov(LEFT_IN_CHUNK, LEFT);
    a.bind(whole);
    a.sub(LEFT, LEFT_IN_CHUNK);
    for (int i = 0; i < Rows.GROUPS * rows.count(); i++) {
      a.vpxord(zmm(i), zmm(i), zmm(i));
    }
    Label step = new Label();
    a.bind(step);
    code.emitStep(rows);
    a.sub(LEFT_IN_CHUNK, code.inputs());
    a.jne(step);
    addToOutputs();
  }

  private void clearOutputs() {
    Zmm zero = zmm(0);
    a.vpxord(zero, zero, zero);
    a.mov(TEMPORARY, Y);
    for (int r = 0; r < rows.count(); r++) {
      for (int g = 0; g < Rows.GROUPS; g++) {
        a.vmovups(at(TEMPORARY, VECTOR * g), zero);
      }
      a.add(TEMPORARY, STRIDE);
    }
  }

  private void addToOutputs() {
    a.mov(TEMPORARY, Y);
    for (int r = 0; r < rows.count(); r++) {
      for (int g = 0; g < Rows.GROUPS; g++) {
        Zmm sum = rows.sum(r, g);
        a.vaddps(sum, sum, at(TEMPORARY, VECTOR * g));
        a.vmovups(at(TEMPORARY, VECTOR * g), sum);
      }
      a.add(TEMPORARY, STRIDE);
    }
  }
}
