package ai.pollux.content.reader;

import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.document.PdfPage;
import ai.pollux.content.document.PdfPages;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.video.VideoFile;
import ai.pollux.content.video.VideoFrame;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** A file that is open in this process. Closed by who opened it. */
sealed interface Session extends AutoCloseable {
  /** What is known of the whole file. */
  Reply head();

  /** The next piece; what the number means is in {@link Request.Next}. */
  Reply next(int number);

  @Override
  void close();

  /** Begins to read. */
  static Session open(Request.Open request) {
    return switch (request.job()) {
      case Job.Picture() ->
          new Picture(
              new ImageReader(request.limits())
                  .read(request.file().toArray(ValueLayout.JAVA_BYTE)));
      case Job.Sound(var from, var to) ->
          new Sound(SoundFile.openIfAny(request.file(), from, to, request.limits()));
      case Job.Video(var from, var to, var sampling) ->
          new Video(VideoFile.open(request.file(), from, to, sampling, request.limits()));
      case Job.Pdf(int pixels) ->
          new Pdf(
              PdfPages.open(request.file().toArray(ValueLayout.JAVA_BYTE), request.limits()),
              pixels);
    };
  }

  /** A picture is all in its head. */
  record Picture(RgbImage image) implements Session {
    @Override
    public Reply head() {
      return out -> {
        out.writeInt(image.fullWidth());
        out.writeInt(image.fullHeight());
        Reply.pixels(out, image.width(), image.height(), image.rgb());
      };
    }

    @Override
    public Reply next(int number) {
      throw new IllegalStateException("a picture has no second piece");
    }

    @Override
    public void close() {}
  }

  /** Samples; there may be no sound in the file. */
  record Sound(Optional<SoundFile> file) implements Session {
    @Override
    public Reply head() {
      return out -> out.writeBoolean(file.isPresent());
    }

    @Override
    public Reply next(int number) {
      float[] samples = new float[number];
      int count = file.orElseThrow().read(samples);
      return out -> Reply.samples(out, samples, count);
    }

    @Override
    public void close() {
      file.ifPresent(SoundFile::close);
    }
  }

  /** Frames. */
  record Video(VideoFile file) implements Session {
    @Override
    public Reply head() {
      return out -> {
        out.writeInt(file.frames());
        out.writeLong(file.duration().toNanos());
      };
    }

    @Override
    public Reply next(int number) {
      VideoFrame frame = file.next();
      return out -> {
        out.writeLong(frame.nanos());
        Reply.pixels(out, frame.width(), frame.height(), frame.rgb());
      };
    }

    @Override
    public void close() {
      file.close();
    }
  }

  /** Pages. */
  record Pdf(PdfPages pages, int pixels) implements Session {
    @Override
    public Reply head() {
      return out -> out.writeInt(pages.count());
    }

    @Override
    public Reply next(int number) {
      PdfPage page = pages.page(number, pixels);
      return out -> {
        Reply.text(out, page.text());
        Reply.pixels(out, page.width(), page.height(), page.rgb());
      };
    }

    @Override
    public void close() {
      pages.close();
    }
  }
}
