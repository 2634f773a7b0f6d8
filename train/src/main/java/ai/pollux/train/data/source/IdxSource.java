package ai.pollux.train.data.source;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.nio.file.Path;

/** Gray pictures with labels in two IDX files, plain or packed with gzip, as MNIST comes. */
public final class IdxSource implements Source {
  private final String name;
  private final IdxFile images;
  private final IdxFile labels;
  private final Labelling labelling;

  private IdxSource(String name, IdxFile images, IdxFile labels, Labelling labelling) {
    this.name = name;
    this.images = images;
    this.labels = labels;
    this.labelling = labelling;
  }

  /**
   * Reads both files.
   *
   * @throws DataException where they are no IDX files, or not of the same pictures
   */
  public static IdxSource open(String name, Path images, Path labels, Labelling labelling) {
    IdxFile pictures = IdxFile.read(images, 3);
    IdxFile digits = IdxFile.read(labels, 1);
    if (pictures.items() != digits.items()) {
      throw new DataException(
          "%s holds %d pictures, %s %d labels. Expected one for each; name the files of one split."
              .formatted(images, pictures.items(), labels, digits.items()));
    }
    return new IdxSource(name, pictures, digits, labelling);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return images.items();
  }

  @Override
  public Sample sample(long index) {
    int item = Math.toIntExact(index);
    return labelling.sample(
        name, new Medium.Picture(picture(item)), Integer.toString(labels.at(item, 0)));
  }

  private RgbImage picture(int item) {
    byte[] rgb = new byte[3 * images.width()];
    for (int i = 0; i < images.width(); i++) {
      byte gray = (byte) images.at(item, i);
      rgb[3 * i] = gray;
      rgb[3 * i + 1] = gray;
      rgb[3 * i + 2] = gray;
    }
    return new RgbImage(images.axes()[2], images.axes()[1], rgb);
  }
}
