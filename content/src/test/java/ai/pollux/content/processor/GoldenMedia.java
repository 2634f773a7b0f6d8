package ai.pollux.content.processor;

import ai.pollux.content.GoldenTensors;
import ai.pollux.content.Json;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The multimodal cases of the goldens: whatever folder has prompts with media and a processor. */
final class GoldenMedia {
  private GoldenMedia() {}

  /** A prompt of a case. */
  record Prompt(Path folder, Json.Obj input, GoldenTensors expected) {
    String name() {
      return string(input.member("name"));
    }

    @Override
    public String toString() {
      return folder.getParent().getFileName() + "/" + folder.getFileName() + " " + name();
    }

    boolean has(String tensor) {
      return expected.has(name() + "." + tensor);
    }

    float[] floats(String tensor) {
      return expected.floats(name() + "." + tensor);
    }

    int[] ints(String tensor) {
      return expected.ints(name() + "." + tensor);
    }

    ProcessorFiles files() {
      return ProcessorFiles.in(folder.resolve("hf"));
    }

    List<Json.Obj> media() {
      return objects(input.member("media"));
    }

    /** Image {@code i} of the prompt, from the reference's pixels where decoders may differ. */
    RgbImage image(int i) {
      List<Json.Obj> images =
          media().stream().filter(each -> string(each.member("type")).equals("image")).toList();
      RgbImage read = read(string(images.get(i).member("file")));
      return has("decoded." + i)
          ? new RgbImage(read.width(), read.height(), expected.bytes(name() + ".decoded." + i))
          : read;
    }

    /** Whether the prompt has a medium of that kind. */
    boolean hasMedium(String kind) {
      return media().stream().anyMatch(each -> string(each.member("type")).equals(kind));
    }

    /** Settings given for this prompt alone, put over those of the files. */
    ImageProcessor imageProcessor() {
      ImageProcessor processor = ImageProcessors.forImages(files()).orElseThrow();
      if (!(input.member("processor") instanceof Json.Obj given)) {
        return processor;
      }
      Fields fields = new Fields(given, "prompt");
      return switch (processor) {
        case PatchProcessor(PatchSettings settings) ->
            new PatchProcessor(
                settings.withSoftTokens(fields.whole("max_soft_tokens", settings.softTokens())));
        case PictureProcessor(PictureSettings settings) ->
            new PictureProcessor(
                settings.withPanAndScan(
                    new PanAndScan(
                        fields.whole("pan_and_scan_min_crop_size", 0),
                        fields.whole("pan_and_scan_max_num_crops", 0),
                        fields.number("pan_and_scan_min_ratio_to_activate", 0))));
      };
    }
  }

  /** All prompts with a text and media. */
  static List<Prompt> prompts() {
    List<Prompt> prompts = new ArrayList<>();
    for (String family : List.of("gemma3", "gemma3n", "gemma4", "gemma4_unified")) {
      for (Path folder : TestFiles.goldenCases(family)) {
        Json.Obj input = json(folder.resolve("input.json"));
        GoldenTensors expected = GoldenTensors.read(folder.resolve("expected.safetensors"));
        for (Json.Obj prompt : objects(input.member("prompts"))) {
          if (prompt.member("media") instanceof Json.Arr
              && prompt.member("text") instanceof Json.Str) {
            prompts.add(new Prompt(folder, prompt, expected));
          }
        }
      }
    }
    return prompts;
  }

  static RgbImage read(String file) {
    return new ImageReader(MediaLimits.standard()).read(bytes(TestFiles.golden("media/" + file)));
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Json.Obj json(Path file) {
    try {
      return (Json.Obj) Json.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String string(Json value) {
    return ((Json.Str) value).value();
  }

  static int whole(Json value) {
    return (int) ((Json.Int) value).value();
  }

  static int[] wholes(Json value) {
    return ((Json.Arr) value).values().stream().mapToInt(GoldenMedia::whole).toArray();
  }

  static List<Json.Obj> objects(Json value) {
    return ((Json.Arr) value).values().stream().map(Json.Obj.class::cast).toList();
  }

  /** The values of all, one after the other. */
  static float[] values(List<ProcessedImage> images) {
    List<float[]> parts =
        images.stream()
            .map(image ->
                switch (image) {
                  case ProcessedImage.Patches patches -> patches.values();
                  case ProcessedImage.Picture picture -> picture.values();
                })
            .toList();
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Column and row of all patches. */
  static int[] positions(List<ProcessedImage> images) {
    return images.stream()
        .map(ProcessedImage.Patches.class::cast)
        .flatMapToInt(patches ->
            Stream.iterate(0, i -> i < patches.count(), i -> i + 1)
                .flatMapToInt(
                    i -> Arrays.stream(new int[] {patches.columns()[i], patches.rows()[i]})))
        .toArray();
  }
}
