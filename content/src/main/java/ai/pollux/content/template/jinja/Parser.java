package ai.pollux.content.template.jinja;

import ai.pollux.content.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements: text, prints and blocks. */
final class Parser {
  private final Cursor in;
  private final ExprParser expressions;

  private Parser(Cursor in) {
    this.in = in;
    this.expressions = new ExprParser(in);
  }

  static List<Node> parse(String source) {
    Parser parser = new Parser(new Cursor(Lexer.tokens(source)));
    List<Node> nodes = parser.until(Set.of());
    if (parser.in.peek().kind() != Kind.END) {
      throw parser.in.unexpected("no {% " + parser.in.peek(1) + " %} here");
    }
    return nodes;
  }

  /** Statements up to a block tag of one of these names, which stays unread. */
  private List<Node> until(Set<String> ends) {
    in.enter();
    List<Node> nodes = new ArrayList<>();
    while (true) {
      Token token = in.peek();
      switch (token.kind()) {
        case DATA -> nodes.add(new Node.Text(token.line(), in.next().text()));
        case PRINT_BEGIN -> {
          in.next();
          nodes.add(new Node.Print(token.line(), expressions.tuple()));
          in.expect(Kind.PRINT_END, "}}");
        }
        case BLOCK_BEGIN -> {
          String name = in.peek(1).text();
          if (ends.contains(name) || name.startsWith("end") || name.startsWith("el")) {
            in.leave();
            return nodes;
          }
          in.next();
          nodes.add(statement(in.next()));
        }
        case END -> {
          in.leave();
          return nodes;
        }
        default -> throw in.unexpected("text or a tag");
      }
    }
  }

  private Node statement(Token keyword) {
    int line = keyword.line();
    return switch (keyword.text()) {
      case "if" -> branch(line);
      case "for" -> loop(line);
      case "set" -> set(line);
      case "macro" -> macro(line);
      case "generation" -> {
        endTag();
        yield new Node.Marked(line, body("endgeneration"));
      }
      case "break" -> {
        endTag();
        yield new Node.Break(line);
      }
      case "continue" -> {
        endTag();
        yield new Node.Continue(line);
      }
      default -> throw new JinjaException(line, "unknown statement '" + keyword.text() + "'");
    };
  }

  private void endTag() {
    in.expect(Kind.BLOCK_END, "%}");
  }

  /** Statements up to that closing tag, which is read too. */
  private List<Node> body(String end) {
    int line = in.peek().line();
    List<Node> nodes = until(Set.of(end));
    closing(line, end);
    return nodes;
  }

  private void closing(int opened, String end) {
    if (in.peek().kind() == Kind.END || !in.peek(1).is(Kind.NAME, end)) {
      Token found = in.peek().kind() == Kind.END ? in.peek() : in.peek(1);
      throw new JinjaException(
          found.line(),
          "expected {% " + end + " %} for the block of line " + opened + ", found " + found);
    }
    in.next();
    in.next();
    while (in.peek().kind() == Kind.NAME) {
      in.next(); // endmacro may repeat the name
    }
    endTag();
  }

  private Node branch(int line) {
    in.enter();
    Expr test = expressions.tuple();
    endTag();
    List<Node> then = until(Set.of("elif", "else", "endif"));
    List<Node> otherwise = List.of();
    if (in.peek(1).is(Kind.NAME, "elif")) {
      in.next();
      otherwise = List.of(branch(in.next().line()));
    } else {
      if (in.peek(1).is(Kind.NAME, "else")) {
        in.next();
        in.next();
        endTag();
        otherwise = until(Set.of("endif"));
      }
      closing(line, "endif");
    }
    in.leave();
    return new Node.If(line, test, then, otherwise);
  }

  private Node loop(int line) {
    List<String> targets = targets();
    if (!in.acceptName("in")) {
      throw in.unexpected("'in'");
    }
    Expr over = expressions.or();
    Optional<Expr> condition =
        in.acceptName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    if (in.seesName("recursive")) {
      throw new JinjaException(line, "recursive loops are not supported: use a macro");
    }
    endTag();
    List<Node> body = until(Set.of("else", "endfor"));
    List<Node> otherwise = List.of();
    if (in.peek(1).is(Kind.NAME, "else")) {
      in.next();
      in.next();
      endTag();
      otherwise = until(Set.of("endfor"));
    }
    closing(line, "endfor");
    return new Node.For(line, targets, over, condition, body, otherwise);
  }

  private List<String> targets() {
    boolean bracketed = in.accept("(");
    List<String> names = new ArrayList<>();
    do {
      names.add(in.expect(Kind.NAME, "the name of a variable"));
    } while (in.accept(","));
    if (bracketed) {
      in.expect(")");
    }
    return names;
  }

  private Node set(int line) {
    List<String> targets = targets();
    if (in.accept(".")) {
      String member = in.expect(Kind.NAME, "the name of a member");
      in.expect("=");
      Expr value = expressions.tuple();
      endTag();
      return new Node.SetMember(line, targets.getFirst(), member, value);
    }
    if (in.accept("=")) {
      Expr value = expressions.tuple();
      endTag();
      return new Node.Set(line, targets, value);
    }
    endTag();
    return new Node.SetText(line, targets.getFirst(), body("endset"));
  }

  private Node macro(int line) {
    String name = in.expect(Kind.NAME, "the name of a macro");
    in.expect("(");
    List<String> parameters = new ArrayList<>();
    List<Optional<Expr>> defaults = new ArrayList<>();
    while (!in.accept(")")) {
      parameters.add(in.expect(Kind.NAME, "the name of a parameter"));
      defaults.add(in.accept("=") ? Optional.of(expressions.expression()) : Optional.empty());
      if (!in.sees(")")) {
        in.expect(",");
      }
    }
    endTag();
    return new Node.Macro(line, name, parameters, defaults, body("endmacro"));
  }
}
