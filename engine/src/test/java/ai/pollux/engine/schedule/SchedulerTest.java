package ai.pollux.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.engine.cache.ContentKey;
import ai.pollux.engine.cache.MediaSpan;
import ai.pollux.engine.cache.PageCache;
import ai.pollux.engine.cache.PageGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SchedulerTest {
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void nextTokensGoBeforePrompts() {
    Scheduler scheduler = new Scheduler(pages(64), 4, 8);
    Sequence first = scheduler.add(new int[3], List.of(), 20, 1);
    step(scheduler);
    first.append(1);
    scheduler.add(new int[30], List.of(), 40, 1);
    step(scheduler);
    first.append(1);
    scheduler.plan();
    StepPlan plan = scheduler.nextPlan();
    assertThat(plan.sequence(0)).isSameAs(first);
    assertThat(plan.rows(0)).isEqualTo(1);
    assertThat(plan.rows(1)).isEqualTo(7); // what the step has left
    assertThat(plan.isSampled(0)).isTrue();
    assertThat(plan.isSampled(1)).isFalse();
  }

  @Test
  void aSequenceStartsOnlyIfAllItsCandidatesHaveAPlace() {
    Scheduler scheduler = new Scheduler(pages(64), 4, 16);
    scheduler.add(new int[3], List.of(), 20, 2);
    scheduler.add(new int[3], List.of(), 20, 3);
    scheduler.add(new int[3], List.of(), 20, 1);
    step(scheduler);
    assertThat(scheduler.running()).isEqualTo(1);
    assertThat(scheduler.waiting()).isEqualTo(2); // in order: the third does not overtake
  }

  @Test
  void theYoungestGivesItsPagesUpAndComesBack() {
    Scheduler scheduler = new Scheduler(pages(5), 4, 16);
    Sequence old = scheduler.add(new int[7], List.of(), 20, 1);
    Sequence young = scheduler.add(new int[] {1, 2, 3, 4, 5, 6}, List.of(), 20, 1);
    sampleAll(scheduler);
    assertThat(scheduler.running()).isEqualTo(2);
    while (old.length() < 16) { // at 13 tokens it needs a fourth page of 4
      sampleAll(scheduler);
    }
    assertThat(scheduler.preemptions()).isPositive();
    assertThat(scheduler.waiting()).isEqualTo(1);
    assertThat(young.length()).isGreaterThan(6);
    scheduler.remove(old);
    int length = young.length();
    sampleAll(scheduler);
    assertThat(young.length()).isEqualTo(length + 1);
  }

  /** Keys are played by numbers that stand for all tokens up to theirs, so a wrong page shows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRowSeesItsOwnPastWhateverComesAndGoes(int seed) {
    new Play(seed).run(1500);
  }

  private static PageCache pages(int count) {
    return new PageCache(4, List.of(new PageGroup(ALL, count)), true);
  }

  private static void step(Scheduler scheduler) {
    scheduler.plan();
    scheduler.commit();
  }

  private static void sampleAll(Scheduler scheduler) {
    scheduler.plan();
    StepPlan plan = scheduler.nextPlan();
    List<Sequence> sampled = new ArrayList<>();
    for (int i = 0; i < plan.sequences(); i++) {
      if (plan.isSampled(i)) {
        sampled.add(plan.sequence(i));
      }
    }
    scheduler.commit();
    sampled.forEach(sequence -> sequence.append(sequence.length()));
  }

  /** Random requests of few different tokens, so that prefixes meet. */
  private static final class Play {
    private static final int PAGE = 4;
    private static final int LONGEST = 60;
    private static final int LARGEST_BLOCK = 12;

    private final RandomGenerator random;
    private final List<PageGroup> groups;
    private final PageCache cache;
    private final Scheduler scheduler;
    private final long[][] slots;
    private final List<Sequence> open = new ArrayList<>();
    private final int places;
    private final int stepRows;

    Play(int seed) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      int enough = LONGEST / PAGE + 1;
      groups =
          List.of(
              new PageGroup(ALL, enough + random.nextInt(2 * enough)),
              new PageGroup(9, 8 + random.nextInt(20)));
      cache = new PageCache(PAGE, groups, seed % 4 != 0);
      places = 1 + random.nextInt(8);
      stepRows = places + random.nextInt(20);
      scheduler = new Scheduler(cache, places, stepRows);
      slots = new long[groups.size()][];
      for (int g = 0; g < slots.length; g++) {
        slots[g] = new long[groups.get(g).pages() * PAGE];
      }
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        comeAndGo();
        scheduler.plan();
        check(scheduler.nextPlan());
        sample(scheduler.nextPlan());
      }
      open.forEach(scheduler::remove);
      assertThat(cache.usedPages()).isZero();
      int total = groups.stream().mapToInt(PageGroup::pages).sum();
      assertThat(cache.freePages() + cache.reusablePages()).isEqualTo(total);
    }

    private void comeAndGo() {
      if (open.size() < 12 && random.nextInt(3) == 0) {
        int[] prompt = random.ints(1 + random.nextInt(40), 0, 2).toArray();
        prompt[prompt.length / 2] = random.nextInt(3);
        if (random.nextBoolean()) {
          prompt = Arrays.copyOf(new int[40], prompt.length); // often the same
        }
        open.add(scheduler.add(prompt, media(prompt), LONGEST, 1 + random.nextInt(places)));
      }
      if (!open.isEmpty() && random.nextInt(20) == 0) {
        scheduler.remove(open.remove(random.nextInt(open.size())));
      }
    }

    /** Placeholders from somewhere on, at times, of one of two pictures or sounds. */
    private List<MediaSpan> media(int[] prompt) {
      int from = random.nextInt(prompt.length);
      int count = 1 + random.nextInt(Math.min(LARGEST_BLOCK, prompt.length - from));
      ContentKey key = new ContentKey(0, 0, 0, random.nextInt(2));
      return random.nextBoolean()
          ? List.of()
          : List.of(new MediaSpan(from, count, random.nextInt(4) > 0, key));
    }

    private void check(StepPlan plan) {
      assertThat(plan.rows()).isLessThan(stepRows + LARGEST_BLOCK);
      for (int s = 0; s < plan.sequences(); s++) {
        int end = plan.firstPosition(s) + plan.rows(s);
        for (MediaSpan span : plan.sequence(s).media()) {
          boolean isCut = span.from() < end && end < span.end();
          assertThat(span.isBlock() && isCut).as("a block cut at %d", end).isFalse();
        }
      }
      assertThat(plan.sequences()).isLessThanOrEqualTo(places);
      assertThat(plan.rows() > 0).isEqualTo(!open.isEmpty());
      for (int i = 0; i < plan.copies().count(); i++) {
        long[] of = slots[plan.copies().group(i)];
        System.arraycopy(of, plan.copies().from(i) * PAGE, of, plan.copies().to(i) * PAGE, PAGE);
      }
      for (int s = 0; s < plan.sequences(); s++) {
        Sequence sequence = plan.sequence(s);
        for (int row = 0; row < plan.rows(s); row++) {
          int position = plan.firstPosition(s) + row;
          for (int g = 0; g < slots.length; g++) {
            slots[g][slot(g, sequence, position)] = past(sequence, position);
          }
        }
      }
      for (int s = 0; s < plan.sequences(); s++) {
        for (int row = 0; row < plan.rows(s); row++) {
          checkRow(plan.sequence(s), plan.firstPosition(s) + row);
        }
      }
    }

    private void checkRow(Sequence sequence, int position) {
      for (int g = 0; g < slots.length; g++) {
        for (int p = Math.max(0, position - groups.get(g).window() + 1); p <= position; p++) {
          assertThat(slots[g][slot(g, sequence, p)])
              .as("group %d, position %d", g, p)
              .isEqualTo(past(sequence, p));
        }
      }
    }

    private static int slot(int group, Sequence sequence, int position) {
      return sequence.page(group, position / PAGE) * PAGE + position % PAGE;
    }

    private static long past(Sequence sequence, int position) {
      long hash = 1;
      for (int p = 0; p <= position; p++) {
        hash = hash * 6364136223846793005L + sequence.token(p) + 1;
        for (MediaSpan span : sequence.media()) {
          boolean isPlaceholder = span.from() <= p && p < span.end();
          hash += isPlaceholder ? 1000 * (1 + span.key().d()) + p - span.from() : 0;
        }
      }
      return hash;
    }

    private void sample(StepPlan plan) {
      List<Sequence> sampled = new ArrayList<>();
      for (int s = 0; s < plan.sequences(); s++) {
        if (plan.isSampled(s)) {
          sampled.add(plan.sequence(s));
        }
      }
      scheduler.commit();
      for (Sequence sequence : sampled) {
        while (sequence.candidatesToCome() > 0) {
          Sequence twin = scheduler.fork(sequence);
          open.add(twin);
          append(twin);
        }
        append(sequence);
      }
    }

    private void append(Sequence sequence) {
      sequence.append(random.nextInt(3));
      if (sequence.length() == LONGEST || random.nextInt(25) == 0) {
        scheduler.remove(sequence);
        open.remove(sequence);
      }
    }
  }
}
