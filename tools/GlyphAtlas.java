import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Draws the glyph sheets that the world generator writes text with: {@code java
 * tools/GlyphAtlas.java FONTS OUT}, where FONTS holds the font files named below, anywhere under
 * it. They come from the Debian packages fonts-dejavu-core, -liberation2, -open-sans, -roboto-slab,
 * -crosextra-caladea, -comic-neue, -lato, -cabin, -cantarell, -courier-prime, -inconsolata,
 * -ebgaramond, -quicksand of Debian 12.
 *
 * <p>A sheet has the characters 32 to 127 in 16 columns and 6 rows of cells of 36 x 36, white on
 * black, 24 pixels an em, baseline 26 down, 4 pixels in.
 */
final class GlyphAtlas {
  static final int CELL = 36;
  static final int EM = 24;
  static final int BASELINE = 26;
  static final int INSET = 4;

  private GlyphAtlas() {}

  public static void main(String[] args) throws Exception {
    List<String> files =
        List.of(
            "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf",
            "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf",
            "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
            "LiberationMono-Regular.ttf", "OpenSans-Regular.ttf", "OpenSans-CondBold.ttf",
            "RobotoSlab-Regular.otf", "RobotoSlab-Bold.otf", "Caladea-Bold.ttf",
            "ComicNeue-Bold.otf", "Lato-Regular.ttf", "Cabin-Bold.otf", "Cantarell-Regular.otf",
            "Courier Prime.otf", "Inconsolata.otf", "EBGaramond12-Regular.otf",
            "Quicksand-Medium.ttf");
    for (int i = 0; i < files.size(); i++) {
      String name = files.get(i);
      Path path;
      try (var all = Files.walk(Path.of(args[0]))) {
        path = all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
      }
      Font font = Font.createFont(Font.TRUETYPE_FONT, path.toFile()).deriveFont((float) EM);
      File out = new File(args[1], "glyphs-%02d.png".formatted(i));
      ImageIO.write(sheet(font), "png", out);
      System.out.println(out + " " + name + " " + out.length());
    }
  }

  private static BufferedImage sheet(Font font) {
    BufferedImage sheet = new BufferedImage(16 * CELL, 6 * CELL, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(font);
    g.setColor(Color.WHITE);
    for (int c = 33; c < 127; c++) {
      int x = (c - 32) % 16 * CELL;
      int y = (c - 32) / 16 * CELL;
      g.setClip(x, y, CELL, CELL);
      g.drawString(String.valueOf((char) c), x + INSET, y + BASELINE);
    }
    g.dispose();
    return sheet;
  }
}
