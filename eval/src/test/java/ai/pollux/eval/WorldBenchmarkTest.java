package ai.pollux.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.standard.StandardWorld;
import ai.pollux.train.data.world.standard.WorldSources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorldBenchmarkTest {
  private final World world = StandardWorld.of(1, WorldSources.none());

  @Test
  void asksEachTaskAsOftenWithMediaAsFiles() {
    WorldBenchmark benchmark = new WorldBenchmark(world, 2);
    Set<String> tasks = new HashSet<>();
    Set<Class<?>> shown = new HashSet<>();
    for (int i = 0; i < benchmark.size(); i++) {
      Question question = benchmark.question(i);
      tasks.add(question.task());
      assertThat(question.id()).startsWith(question.task() + "-");
      Turn last = question.conversation().turns().getLast();
      assertThat(last.role()).isNotEqualTo(Turn.Role.MODEL);
      for (Turn turn : question.conversation().turns()) {
        turn.parts().forEach(part -> shown.add(part.getClass()));
      }
    }
    assertThat(benchmark.size()).isEqualTo(2 * tasks.size());
    assertThat(tasks).contains("text.sum", "picture.scene", "sound.beeps", "film.direction");
    assertThat(shown).contains(Part.Image.class, Part.Audio.class, Part.Video.class);
  }

  @Test
  void theExpectedAnswerIsRightAndAnotherIsWrong() {
    WorldBenchmark benchmark = new WorldBenchmark(world, 1);
    for (int i = 0; i < benchmark.size(); i++) {
      Question question = benchmark.question(i);
      boolean isCall = question.task().equals("text.tools");
      if (!isCall) {
        assertThat(question.isRight().test(List.of(new Part.Text(question.expected()))))
            .as(question.id())
            .isTrue();
      }
      assertThat(question.isRight().test(List.of(new Part.Text("qwxyz"))))
          .as(question.id())
          .isFalse();
    }
  }
}
