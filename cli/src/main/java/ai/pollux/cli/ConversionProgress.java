package ai.pollux.cli;

import ai.pollux.model.checkpoint.GgufWriter;
import java.io.PrintWriter;
import java.nio.file.Path;

/** How far a conversion is, and whether it goes on from an earlier one. */
final class ConversionProgress implements GgufWriter.Progress, AutoCloseable {
  private final ProgressBar bar;
  private final PrintWriter notes;

  /**
   * @param label what is being done
   * @param notes where what is to be kept is written
   */
  ConversionProgress(String label, PrintWriter notes) {
    this.bar = new ProgressBar(label);
    this.notes = notes;
  }

  @Override
  public void at(long done, long total) {
    bar.update(done, total);
  }

  @Override
  public void goesOn(long done, long total) {
    notes.println(
        "pollux: goes on with what an earlier run left: %s of %s are done"
            .formatted(Units.bytes(done), Units.bytes(total)));
    notes.flush();
  }

  @Override
  public void startsAgain(Path part) {
    notes.println(
        "pollux: %s of an earlier run is thrown away, it is not of this conversion; starting again"
            .formatted(part));
    notes.flush();
  }

  @Override
  public void close() {
    bar.close();
  }
}
