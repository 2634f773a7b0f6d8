package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wordlist;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;

/** Names with one or two numbers each, in ruled rows; 132 x 72 pixels, 66 tokens. */
record TableTask(List<Typeface> faces) implements Task {
  private static final int WIDTH = 132;
  private static final int HEIGHT = 72;
  private static final List<String> HEADS = List.of("Age", "Pts", "Qty", "Km", "Cost", "Won");
  private static final List<String> NAMES =
      Wordlist.NAMES.stream().filter(name -> name.length() <= 4).toList();

  @Override
  public String name() {
    return "picture.table";
  }

  private record Table(List<String> names, List<String> heads, List<List<Integer>> columns) {
    String content() {
      return names + " " + columns;
    }
  }

  @Override
  public Problem pose(Draw draw) {
    int rows = draw.between(2, 3);
    Table table = draw.fresh(() -> table(draw, rows), Table::content);
    Medium picture = new Medium.Picture(canvas(draw, table).image());
    List<Quiz.Item> items = new ArrayList<>();
    if (draw.chance(0.4)) {
      items.add(all(draw, table));
    }
    for (int i = 0; i < 40 && items.size() < 3; i++) {
      Quiz.Item item = question(draw, table);
      if (items.stream().noneMatch(other -> other.question().equals(item.question()))) {
        items.add(item);
      }
    }
    return Quiz.of(draw, name(), List.of(picture), items);
  }

  private static Table table(Draw draw, int rows) {
    List<List<Integer>> columns = new ArrayList<>();
    int count = draw.between(1, 2);
    for (int c = 0; c < count; c++) {
      List<Integer> pool = new ArrayList<>();
      for (int i = 1; i < 100; i++) {
        pool.add(i);
      }
      columns.add(draw.some(pool, rows));
    }
    return new Table(draw.some(NAMES, rows), draw.some(HEADS, count), List.copyOf(columns));
  }

  /** Row by row. */
  private static Quiz.Item all(Draw draw, Table table) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < table.names.size(); row++) {
      rows.add(cells(table, row));
    }
    return new Quiz.Item(
        draw.of("Read all rows.", "Read the whole table."),
        new Answer.Exact(String.join(", ", rows)),
        "");
  }

  private static String cells(Table table, int row) {
    List<String> cells = new ArrayList<>(List.of(table.names.get(row)));
    table.columns.forEach(each -> cells.add(String.valueOf(each.get(row))));
    return String.join(" ", cells);
  }

  private static Quiz.Item question(Draw draw, Table table) {
    int c = draw.below(table.columns.size());
    String head = table.heads.get(c);
    List<Integer> column = table.columns.get(c);
    int row = draw.below(column.size());
    String name = table.names.get(row);
    int value = column.get(row);
    return switch (draw.below(5)) {
      case 0, 1 ->
          Quiz.number(
              draw.of("What is %2$s of %1$s?", "Which %2$s does %1$s have?", "Look up %s: %s.")
                  .formatted(name, head),
              value,
              "%s of %s is %d.".formatted(head, name, value));
      case 2 ->
          Quiz.choice(
              "Whose %s is %d?".formatted(head, value),
              name,
              table.names,
              "It is that of %s.".formatted(name));
      case 3 -> {
        boolean most = draw.chance(0.5);
        int best =
            most
                ? column.stream().max(Integer::compare).orElseThrow()
                : column.stream().min(Integer::compare).orElseThrow();
        String who = table.names.get(column.indexOf(best));
        yield Quiz.choice(
            "Who has the %s %s?".formatted(most ? "highest" : "lowest", head),
            who,
            table.names,
            "%s has the %s.".formatted(who, most ? "highest" : "lowest"));
      }
      default ->
          new Quiz.Item("Read row %d.".formatted(row + 1), new Answer.Exact(cells(table, row)), "");
    };
  }

  private Canvas canvas(Draw draw, Table table) {
    Canvas canvas = new Canvas(WIDTH, HEIGHT, Ink.gray(draw.between(235, 255)));
    Lettering lettering = new Lettering(faces.get(draw.of(0, 1, 3, 4, 5, 11, 17)), 13);
    int rows = table.names.size() + 1;
    double height = HEIGHT / (double) rows;
    double width = table.columns.size() == 1 ? 66 : 44;
    boolean ruled = draw.chance(0.7);
    for (int r = 0; r < rows; r++) {
      double y = height * (r + 0.5);
      lettering.left(canvas, r == 0 ? "Name" : table.names.get(r - 1), 4, y, Ink.BLACK);
      for (int c = 0; c < table.columns.size(); c++) {
        String cell = r == 0 ? table.heads.get(c) : String.valueOf(table.columns.get(c).get(r - 1));
        lettering.right(
            canvas, cell, WIDTH - 5 - width * (table.columns.size() - 1 - c), y, Ink.BLACK);
      }
      if (r > 0 && (ruled || r == 1)) {
        canvas.fill(0, (int) Math.rint(height * r), WIDTH, 1, Ink.gray(140));
      }
    }
    return canvas;
  }
}
