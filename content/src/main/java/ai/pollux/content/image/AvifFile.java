package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The picture inside an AVIF file: boxes (ISO 14496-12), of which one lists items and where they
 * lie (ISO 23008-12). Read here, so that only AV1 data reach a decoder, and no container of a
 * stranger reaches a demuxer: that of FFmpeg ends the whole process for some damaged AVIF files.
 *
 * @param width as the file says; the data may say otherwise
 * @param units the AV1 data of the primary item
 */
record AvifFile(int width, int height, Orientation orientation, byte[] units) {
  private static final int MOST_BOXES = 4096;

  /** A box: what it is called, and where its content lies. */
  private record Box(String type, int start, int end) {}

  static AvifFile read(FileBytes file) {
    Box meta = child(file, 0, file.length(), "meta");
    int inMeta = meta.start() + 4; // behind version and flags, as in all boxes below
    Box primary = child(file, inMeta, meta.end(), "pitm");
    long item = number(file, primary.start() + 4, file.u8(primary.start()) == 0 ? 2 : 4);
    checkType(file, child(file, inMeta, meta.end(), "iinf"), item);
    byte[] units = new Locations(file, meta, inMeta).units(item);
    Box properties = child(file, inMeta, meta.end(), "iprp");
    return withProperties(file, properties, item, units);
  }

  private static AvifFile withProperties(FileBytes file, Box properties, long item, byte[] units) {
    Box container = child(file, properties.start(), properties.end(), "ipco");
    List<Box> all = boxes(file, container.start(), container.end());
    long width = 0;
    long height = 0;
    int quarterTurns = 0;
    int mirror = -1;
    Box associations = child(file, properties.start(), properties.end(), "ipma");
    for (int index : propertiesOf(file, associations, item)) {
      if (index < 1 || index > all.size()) {
        continue;
      }
      Box property = all.get(index - 1);
      switch (property.type()) {
        case "ispe" -> {
          width = number(file, property.start() + 4, 4);
          height = number(file, property.start() + 8, 4);
        }
        case "irot" -> quarterTurns = file.u8(property.start()) & 3;
        case "imir" -> mirror = file.u8(property.start()) & 1;
        default -> {} // colours and bits are in the AV1 data, too
      }
    }
    int most = Integer.MAX_VALUE;
    return new AvifFile(
        (int) Math.min(width, most),
        (int) Math.min(height, most),
        orientation(quarterTurns, mirror),
        units);
  }

  /**
   * What turning to the left and then mirroring is.
   *
   * @param mirror 0 upside down, 1 left and right, -1 not at all
   */
  private static Orientation orientation(int quarterTurns, int mirror) {
    int[][] tags = {{1, 8, 3, 6}, {4, 5, 2, 7}, {2, 7, 4, 5}};
    return Orientation.of(tags[mirror + 1][quarterTurns]);
  }

  private static void checkType(FileBytes file, Box items, long wanted) {
    int count = file.u8(items.start()) == 0 ? 2 : 4;
    for (Box item : boxes(file, items.start() + 4 + count, items.end())) {
      int idBytes = file.u8(item.start()) == 3 ? 4 : 2;
      if (number(file, item.start() + 4, idBytes) == wanted) {
        String type = file.text(item.start() + 6 + idBytes, 4);
        if (!type.equals("av01")) {
          throw new MediaException(
              "The AVIF image is an item of kind %s; av01, one picture, is read. Save it again as JPEG or PNG."
                  .formatted(type));
        }
        return;
      }
    }
    throw damaged("its primary item is not listed");
  }

  private static List<Integer> propertiesOf(FileBytes file, Box box, long wanted) {
    int version = file.u8(box.start());
    boolean isWide = (file.u8(box.start() + 3) & 1) != 0;
    long items = number(file, box.start() + 4, 4);
    List<Integer> properties = new ArrayList<>();
    int at = box.start() + 8;
    for (long i = 0; i < items && at < box.end(); i++) {
      long id = number(file, at, version < 1 ? 2 : 4);
      at += version < 1 ? 2 : 4;
      int count = file.u8(at++);
      for (int j = 0; j < count; j++) {
        int index = isWide ? file.u16(at) & 0x7FFF : file.u8(at) & 0x7F;
        at += isWide ? 2 : 1;
        if (id == wanted) {
          properties.add(index);
        }
      }
    }
    return properties;
  }

  private static Box child(FileBytes file, int from, int to, String type) {
    for (Box box : boxes(file, from, to)) {
      if (box.type().equals(type)) {
        return box;
      }
    }
    throw damaged("it has no box " + type);
  }

  private static List<Box> boxes(FileBytes file, int from, int to) {
    List<Box> boxes = new ArrayList<>();
    int at = from;
    while (at + 8 <= to && boxes.size() < MOST_BOXES) {
      long size = number(file, at, 4);
      int head = size == 1 ? 16 : 8;
      size = size == 1 ? number(file, at + 8, 8) : size == 0 ? to - at : size;
      if (size < head || size > to - at) {
        throw damaged("its box %s of %d bytes does not fit".formatted(file.text(at + 4, 4), size));
      }
      boxes.add(new Box(file.text(at + 4, 4), at + head, (int) (at + size)));
      at += (int) size;
    }
    return boxes;
  }

  /** A number of 0 to 8 bytes, the high one first; one that has its highest bit is damage. */
  private static long number(FileBytes file, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | file.u8(at + i);
    }
    if (value < 0) {
      throw damaged("it has a number of " + Long.toUnsignedString(value));
    }
    return value;
  }

  private static MediaException damaged(String why) {
    return new MediaException(
        "The AVIF image is damaged or cut off: %s. Send the whole file, or save it again."
            .formatted(why));
  }

  /** The box that says where items lie. */
  private static final class Locations {
    private final FileBytes file;
    private final Box box;
    private final int version;
    private final int dataStart; // of items inside the file's own data box
    private int at;

    Locations(FileBytes file, Box meta, int inMeta) {
      this.file = file;
      this.box = child(file, inMeta, meta.end(), "iloc");
      this.version = file.u8(box.start());
      this.dataStart =
          boxes(file, inMeta, meta.end()).stream()
              .filter(each -> each.type().equals("idat"))
              .mapToInt(Box::start)
              .findFirst()
              .orElse(0);
    }

    private long take(int bytes) {
      long value = number(file, at, bytes);
      at += bytes;
      return value;
    }

    byte[] units(long wanted) {
      at = box.start() + 4;
      int sizes = (int) take(2);
      int offsetBytes = sizes >> 12;
      int lengthBytes = (sizes >> 8) & 15;
      int baseBytes = (sizes >> 4) & 15;
      int indexBytes = version == 0 ? 0 : sizes & 15;
      long items = take(version < 2 ? 2 : 4);
      for (long i = 0; i < items && at < box.end(); i++) {
        long id = take(version < 2 ? 2 : 4);
        long method = version == 0 ? 0 : take(2) & 15;
        take(2); // which file: this one
        long base = take(baseBytes) + (method == 1 ? dataStart : 0);
        long extents = take(2);
        ByteArrayOutputStream units = new ByteArrayOutputStream();
        for (long extent = 0; extent < extents && at < box.end(); extent++) {
          take(indexBytes);
          long start = base + take(offsetBytes);
          long length = take(lengthBytes);
          if (id == wanted) {
            add(start, length, units);
          }
        }
        if (id == wanted) {
          return units.toByteArray();
        }
      }
      throw damaged("nothing says where its primary item lies");
    }

    private void add(long start, long length, ByteArrayOutputStream units) {
      long bytes = length == 0 ? file.length() - start : length;
      if (start < 0
          || bytes < 0
          || start + bytes > file.length()
          || units.size() + bytes > file.length()) {
        throw damaged("its pixels lie behind its last byte, " + file.length());
      }
      units.write(file.array(), (int) start, (int) bytes);
    }
  }
}
