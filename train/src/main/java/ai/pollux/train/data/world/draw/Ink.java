package ai.pollux.train.data.world.draw;

import ai.pollux.train.data.world.Draw;
import java.util.List;

/**
 * A colour with its name.
 *
 * @param rgb red, green and blue, eight bits each
 */
public record Ink(String name, int rgb) {
  public static final Ink BLACK = new Ink("black", 0x000000);
  public static final Ink WHITE = new Ink("white", 0xFFFFFF);

  /** Colours that nobody takes for each other. */
  public static final List<Ink> BRIGHT =
      List.of(
          new Ink("red", 0xE02020),
          new Ink("green", 0x18A030),
          new Ink("blue", 0x2040E0),
          new Ink("yellow", 0xF0D818),
          new Ink("orange", 0xF08010),
          new Ink("purple", 0x8020B0),
          new Ink("pink", 0xF890C0),
          new Ink("brown", 0x804818),
          BLACK);

  /** The names of {@link #BRIGHT}. */
  public static List<String> names() {
    return BRIGHT.stream().map(Ink::name).toList();
  }

  /** Nearly the same colour: each component up to {@code most} off. */
  public Ink near(Draw draw, int most) {
    int result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int value = (rgb >> shift & 0xFF) + draw.between(-most, most);
      result |= Math.clamp(value, 0, 255) << shift;
    }
    return new Ink(name, result);
  }

  /** A gray. */
  public static Ink gray(int level) {
    return new Ink("gray", level * 0x010101);
  }

  /** A light or, once in a while, tinted ground that every bright colour is seen on. */
  public static Ink ground(Draw draw) {
    return draw.chance(0.5)
        ? gray(draw.between(215, 255))
        : new Ink("light", 0xE8E8E8).near(draw, 20);
  }
}
