package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.toAll;
import static ai.pollux.tensor.jit.Operand.zmm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Encodings, each with registers and displacements that set every bit of the prefixes. The bytes
 * were written by GNU as 2.40 from the text; where objdump is installed it reads ours back.
 */
class AssemblerTest {
  /** An instruction in Intel's syntax, its bytes, and what emits it. */
  record Case(String text, String bytes, Consumer<Assembler> emit) {
    @Override
    public String toString() {
      return text;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case("mov r11,r8", "4d 89 c3", a -> a.mov(Gp.R11, Gp.R8)),
        new Case("mov rax,r15", "4c 89 f8", a -> a.mov(Gp.RAX, Gp.R15)),
        new Case("add rdi,r9", "4c 01 cf", a -> a.add(Gp.RDI, Gp.R9)),
        new Case("sub r10,rax", "49 29 c2", a -> a.sub(Gp.R10, Gp.RAX)),
        new Case("cmp rax,r10", "4c 39 d0", a -> a.cmp(Gp.RAX, Gp.R10)),
        new Case("add rsp,0x240", "48 81 c4 40 02 00 00", a -> a.add(Gp.RSP, 576)),
        new Case("sub r10,0x180", "49 81 ea 80 01 00 00", a -> a.sub(Gp.R10, 384)),
        new Case("cmp rbx,0x1000", "48 81 fb 00 10 00 00", a -> a.cmp(Gp.RBX, 4096)),
        new Case("shl r11,0x2", "49 c1 e3 02", a -> a.shl(Gp.R11, 2)),
        new Case("push rbx", "53", a -> a.push(Gp.RBX)),
        new Case("push r12", "41 54", a -> a.push(Gp.R12)),
        new Case("pop rbp", "5d", a -> a.pop(Gp.RBP)),
        new Case("pop r15", "41 5f", a -> a.pop(Gp.R15)),
        new Case("lea r12,[rcx+0x8]", "4c 8d 61 08", a -> a.lea(Gp.R12, at(Gp.RCX, 8))),
        new Case("lea rcx,[r12-0x8]", "49 8d 4c 24 f8", a -> a.lea(Gp.RCX, at(Gp.R12, -8))),
        new Case(
            "mov DWORD PTR [r8+0x4],ebx", "41 89 58 04", a -> a.movDword(at(Gp.R8, 4), Gp.RBX)),
        new Case(
            "mov DWORD PTR [rsp+0x8],r11d",
            "44 89 5c 24 08",
            a -> a.movDword(at(Gp.RSP, 8), Gp.R11)),
        new Case("mov r10d,0x80", "41 ba 80 00 00 00", a -> a.mov(Gp.R10, 128)),
        new Case(
            "prefetcht0 BYTE PTR [rdi+0x1000]",
            "0f 18 8f 00 10 00 00",
            a -> a.prefetcht0(at(Gp.RDI, 4096))),
        new Case(
            "prefetcht0 BYTE PTR [r12+0x40]",
            "41 0f 18 4c 24 40",
            a -> a.prefetcht0(at(Gp.R12, 64))),
        new Case("cpuid", "0f a2", a -> a.cpuid()),
        new Case("xgetbv", "0f 01 d0", a -> a.xgetbv()),
        new Case("ret", "c3", a -> a.ret()),
        new Case("vzeroupper", "c5 f8 77", a -> a.vzeroupper()),
        new Case(
            "vmovups zmm0,ZMMWORD PTR [rdi+0x40]",
            "62 f1 7c 48 10 47 01",
            a -> a.vmovups(zmm(0), at(Gp.RDI, 64))),
        new Case(
            "vmovups zmm31,ZMMWORD PTR [r13-0x1]",
            "62 41 7c 48 10 bd ff ff ff ff",
            a -> a.vmovups(zmm(31), at(Gp.R13, -1))),
        new Case(
            "vmovups ZMMWORD PTR [rsp-0x80],zmm17",
            "62 e1 7c 48 11 4c 24 fe",
            a -> a.vmovups(at(Gp.RSP, -128), zmm(17))),
        new Case(
            "vmovups ZMMWORD PTR [r12+0x2000],zmm9",
            "62 51 7c 48 11 8c 24 00 20 00 00",
            a -> a.vmovups(at(Gp.R12, 8192), zmm(9))),
        new Case("vmovaps zmm30,zmm7", "62 61 7c 48 28 f7", a -> a.vmovaps(zmm(30), zmm(7))),
        new Case("vmovaps zmm1,zmm24", "62 91 7c 48 28 c8", a -> a.vmovaps(zmm(1), zmm(24))),
        new Case(
            "vaddps zmm3,zmm12,zmm31",
            "62 91 1c 48 58 df",
            a -> a.vaddps(zmm(3), zmm(12), zmm(31))),
        new Case(
            "vaddps zmm19,zmm28,ZMMWORD PTR [r11+0xc0]",
            "62 c1 1c 40 58 5b 03",
            a -> a.vaddps(zmm(19), zmm(28), at(Gp.R11, 192))),
        new Case(
            "vmulps zmm22,zmm30,DWORD BCST [rsp+0x18]",
            "62 e1 0c 50 59 74 24 06",
            a -> a.vmulps(zmm(22), zmm(30), toAll(Gp.RSP, 24))),
        new Case(
            "vmulps zmm8,zmm16,zmm1", "62 71 7c 40 59 c1", a -> a.vmulps(zmm(8), zmm(16), zmm(1))),
        new Case(
            "vfmadd213ps zmm30,zmm28,zmm29",
            "62 02 1d 40 a8 f5",
            a -> a.vfmadd213ps(zmm(30), zmm(28), zmm(29))),
        new Case(
            "vfmadd213ps zmm5,zmm6,DWORD BCST [r15+0x1fc]",
            "62 d2 4d 58 a8 6f 7f",
            a -> a.vfmadd213ps(zmm(5), zmm(6), toAll(Gp.R15, 508))),
        new Case(
            "vfmadd231ps zmm15,zmm30,DWORD BCST [r12+0x200]",
            "62 52 0d 50 b8 bc 24 00 02 00 00",
            a -> a.vfmadd231ps(zmm(15), zmm(30), toAll(Gp.R12, 512))),
        new Case(
            "vfmadd231ps zmm0,zmm31,ZMMWORD PTR [rbp+0x1fc0]",
            "62 f2 05 40 b8 45 7f",
            a -> a.vfmadd231ps(zmm(0), zmm(31), at(Gp.RBP, 8128))),
        new Case("vcvtdq2ps zmm20,zmm13", "62 c1 7c 48 5b e5", a -> a.vcvtdq2ps(zmm(20), zmm(13))),
        new Case(
            "vcvtdq2ps zmm13,ZMMWORD PTR [rbx-0x40]",
            "62 71 7c 48 5b 6b ff",
            a -> a.vcvtdq2ps(zmm(13), at(Gp.RBX, -64))),
        new Case(
            "vcvtph2ps zmm16,YMMWORD PTR [rdi+0x60]",
            "62 e2 7d 48 13 47 03",
            a -> a.vcvtph2ps(zmm(16), at(Gp.RDI, 96))),
        new Case(
            "vcvtph2ps zmm2,YMMWORD PTR [r9+0x21]",
            "62 d2 7d 48 13 91 21 00 00 00",
            a -> a.vcvtph2ps(zmm(2), at(Gp.R9, 33))),
        new Case(
            "vpmovsxbd zmm23,XMMWORD PTR [rdi+0x7f0]",
            "62 e2 7d 48 21 7f 7f",
            a -> a.vpmovsxbd(zmm(23), at(Gp.RDI, 2032))),
        new Case(
            "vpmovsxbd zmm4,XMMWORD PTR [r14+0x800]",
            "62 d2 7d 48 21 a6 00 08 00 00",
            a -> a.vpmovsxbd(zmm(4), at(Gp.R14, 2048))),
        new Case(
            "vpmovzxwd zmm18,YMMWORD PTR [rdi+0x20]",
            "62 e2 7d 48 33 57 01",
            a -> a.vpmovzxwd(zmm(18), at(Gp.RDI, 32))),
        new Case(
            "vpbroadcastd zmm17,DWORD PTR [rsp+0x8]",
            "62 e2 7d 48 58 4c 24 02",
            a -> a.vpbroadcastd(zmm(17), at(Gp.RSP, 8))),
        new Case(
            "vpandd zmm6,zmm26,DWORD BCST [rsp+0x8]",
            "62 f1 2d 50 db 74 24 02",
            a -> a.vpandd(zmm(6), zmm(26), toAll(Gp.RSP, 8))),
        new Case(
            "vpxord zmm11,zmm11,zmm11",
            "62 51 25 48 ef db",
            a -> a.vpxord(zmm(11), zmm(11), zmm(11))),
        new Case(
            "vpxord zmm27,zmm2,zmm18",
            "62 21 6d 48 ef da",
            a -> a.vpxord(zmm(27), zmm(2), zmm(18))),
        new Case(
            "vpternlogd zmm30,zmm17,zmm16,0xea",
            "62 23 75 40 25 f0 ea",
            a -> a.vpternlogd(zmm(30), zmm(17), zmm(16), 234)),
        new Case(
            "vpternlogd zmm3,zmm29,ZMMWORD PTR [rdi+0x80],0xe4",
            "62 f3 15 40 25 5f 02 e4",
            a -> a.vpternlogd(zmm(3), zmm(29), at(Gp.RDI, 128), 228)),
        new Case(
            "vpsrld zmm31,zmm31,0xc", "62 91 05 40 72 d7 0c", a -> a.vpsrld(zmm(31), zmm(31), 12)),
        new Case(
            "vpsrld zmm9,ZMMWORD PTR [rdi+0x40],0x4",
            "62 f1 35 48 72 57 01 04",
            a -> a.vpsrld(zmm(9), at(Gp.RDI, 64), 4)),
        new Case(
            "vpslld zmm16,zmm5,0x10", "62 f1 7d 40 72 f5 10", a -> a.vpslld(zmm(16), zmm(5), 16)),
        new Case(
            "vprord zmm21,zmm14,0x1", "62 d1 55 40 72 c6 01", a -> a.vprord(zmm(21), zmm(14), 1)),
        new Case(
            "vpermps zmm24,zmm15,zmm19",
            "62 22 05 48 16 c3",
            a -> a.vpermps(zmm(24), zmm(15), zmm(19))),
        new Case(
            "vpermi2ps zmm25,zmm20,zmm10",
            "62 42 5d 40 77 ca",
            a -> a.vpermi2ps(zmm(25), zmm(20), zmm(10))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bytesAreThoseOfAnotherAssembler(Case instruction) {
    Assembler a = new Assembler();
    instruction.emit().accept(a);
    assertThat(HexFormat.ofDelimiter(" ").formatHex(a.bytes())).isEqualTo(instruction.bytes());
  }

  @Test
  void aDisassemblerReadsWhatWasMeant(@TempDir Path folder) throws Exception {
    Assembler a = new Assembler();
    cases().forEach(instruction -> instruction.emit().accept(a));
    assertThat(disassembled(a.bytes(), folder))
        .isEqualTo(cases().stream().map(Case::text).toList());
  }

  /** Also those whose every bit is not in the list above: it must know all instructions. */
  @Test
  void aDisassemblerReadsEveryKernel(@TempDir Path folder) throws Exception {
    for (TileCode code : EmittedKernels.codes().values()) {
      for (int rows = 1; rows <= Rows.MOST; rows++) {
        assertThat(disassembled(TileLoop.emit(code, rows), folder))
            .noneMatch(line -> line.contains("bad"))
            .endsWith("ret");
      }
    }
  }

  private static List<String> disassembled(byte[] code, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("code"), code);
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "objdump",
                  "-D",
                  "-w",
                  "-b",
                  "binary",
                  "-m",
                  "i386:x86-64",
                  "-M",
                  "intel",
                  file.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeThat(e).as("objdump, of the package binutils, is not installed").isNull();
      throw e;
    }
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().filter(line -> line.startsWith(" ") && line.contains("\t")).toList();
    }
    assertThat(process.waitFor()).isZero();
    return lines.stream()
        .map(line -> line.split("\t")[2].strip().replaceAll(" +", " "))
        .collect(Collectors.toList());
  }

  @Test
  void jumpsGoForwardsAndBackwards() {
    Assembler a = new Assembler();
    Label start = new Label();
    Label end = new Label();
    a.bind(start);
    a.jae(end);
    a.jne(start);
    a.bind(end);
    assertThat(HexFormat.ofDelimiter(" ").formatHex(a.bytes()))
        .isEqualTo("0f 83 06 00 00 00 0f 85 f4 ff ff ff");
  }

  @Test
  void codeGrowsBeyondItsFirstArray() {
    Assembler a = new Assembler();
    for (int i = 0; i < 5000; i++) {
      a.ret();
    }
    assertThat(a.bytes()).hasSize(5000).containsOnly(0xc3);
  }

  @Test
  void registersAreNumbered0To31() {
    assertThatThrownBy(() -> zmm(32)).hasMessage("zmm: expected 0 to 31, found 32");
    assertThatThrownBy(() -> zmm(-1)).hasMessage("zmm: expected 0 to 31, found -1");
  }
}
