package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "x86-64 code for Linux")
class ExecutableMemoryTest {
  /** Writes the lower half of an argument to the address in the first one. */
  private static byte[] store(Gp argument) {
    Assembler a = new Assembler();
    a.movDword(at(Gp.RDI, 0), argument);
    a.ret();
    return a.bytes();
  }

  @Test
  void routinesGetTheirSixArguments() throws Exception {
    List<Gp> arguments = List.of(Gp.RSI, Gp.RDX, Gp.RCX, Gp.R8, Gp.R9);
    try (ExecutableMemory memory =
            new ExecutableMemory(arguments.stream().map(ExecutableMemoryTest::store).toList());
        Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_INT);
      for (int i = 0; i < arguments.size(); i++) {
        memory.routines().get(i).call(result.address(), 11, 12, 13, 14, 15);
        assertThat(result.get(ValueLayout.JAVA_INT, 0)).isEqualTo(11 + i);
      }
    }
  }

  @Test
  void pagesAreExecutableAndNotWritableUntilTheyAreClosed() throws Exception {
    long address;
    try (ExecutableMemory memory = new ExecutableMemory(List.of(store(Gp.RSI)))) {
      address = memory.routines().getFirst().entry().address();
      assertThat(permissions(address)).isEqualTo("r-xp");
    }
    assertThat(permissions(address)).isNotEqualTo("r-xp");
  }

  /** Of the mapping that begins at an address; empty if none does. */
  private static String permissions(long address) throws IOException {
    String start = Long.toHexString(address) + "-";
    try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.startsWith(start))
          .map(line -> line.split(" ")[1])
          .findFirst()
          .orElse("");
    }
  }

  @Test
  void whatTheSystemRefusesIsSaidWithItsReason() {
    // Linux refuses a mapping without bytes: EINVAL.
    assertThatThrownBy(() -> new ExecutableMemory(List.of()))
        .isInstanceOf(ExecutableMemory.RefusedException.class)
        .hasMessage("mmap refused 0 bytes, errno 22");
  }

  @Test
  void featuresAreThoseThatTheSystemLists() throws Exception {
    List<String> flags =
        Arrays.asList(
            Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .orElseThrow()
                .split(" "));
    assertThat(CpuFeatures.detect().avx512())
        .isEqualTo(flags.containsAll(List.of("avx512f", "avx512dq", "avx512bw", "avx512vl")));
  }
}
