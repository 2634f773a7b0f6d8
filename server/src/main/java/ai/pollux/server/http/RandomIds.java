package ai.pollux.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that tell answers apart; nobody is let in by one. */
final class RandomIds {
  private RandomIds() {}

  /** 24 hexadecimal digits. */
  static String next() {
    byte[] bits = new byte[12];
    ThreadLocalRandom.current().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
