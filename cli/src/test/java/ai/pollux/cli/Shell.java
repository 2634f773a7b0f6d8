package ai.pollux.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs commands in this process and keeps what they print. */
record Shell(int exit, String out, String err) {
  static Shell run(String... arguments) {
    return run(Main.commandLine(arguments), arguments);
  }

  static Shell run(CommandLine commands, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = commands.execute(arguments);
    commands.getOut().flush();
    commands.getErr().flush();
    return new Shell(exit, out.toString(), err.toString());
  }
}
