package ai.pollux.assistant.media;

import ai.pollux.content.Clip;
import ai.pollux.content.Conversation;
import ai.pollux.content.Media;
import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.audio.SoundClips;
import ai.pollux.content.audio.SoundFrontEnd;
import ai.pollux.content.document.PdfPage;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.PreparedMedium;
import ai.pollux.content.processor.ProcessedImage;
import ai.pollux.content.processor.PromptMedium;
import ai.pollux.content.reader.PdfStream;
import ai.pollux.content.reader.ReaderPool;
import ai.pollux.content.reader.SoundStream;
import ai.pollux.content.reader.VideoStream;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads the media of conversations for one model, in processes of their own, which closing it ends.
 * May be used by many threads; few read at a time, so that memory stays bounded.
 */
public final class MediaReader implements AutoCloseable {
  /** Media that are read at a time: each may take a few hundred MB while it is decoded. */
  private static final int READERS = 2;

  private static final Duration END = Duration.ofDays(365);

  /** Of a page's picture: what the largest budgets look at, and small print needs. */
  private static final int PAGE_PIXELS = 2_500_000;

  /** Tokens of a frame's marks and time, about. */
  private static final int TOKENS_AROUND_FRAME = 8;

  private final FrontEnds frontEnds;
  private final MediaLimits limits;
  private final int contextLength;
  private final ReaderPool files = new ReaderPool();
  private final Semaphore readers = new Semaphore(READERS);

  /**
   * For one model.
   *
   * @param contextLength the most tokens of a prompt, which bounds how many frames are worth taking
   */
  public MediaReader(FrontEnds frontEnds, MediaLimits limits, int contextLength) {
    this.frontEnds = frontEnds;
    this.limits = limits;
    this.contextLength = contextLength;
  }

  /**
   * Reads all media of a conversation.
   *
   * @throws MediaException if one cannot be read, costs more than the limits allow, or is of a kind
   *     that the model does not read
   */
  public ReadConversation read(Conversation conversation) {
    List<ReadMedium> media = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : conversation.turns()) {
      List<Part> parts = new ArrayList<>();
      turn.parts().forEach(part -> read(part, parts, media));
      turns.add(new Turn(turn.role(), parts));
    }
    return new ReadConversation(
        new Conversation(conversation.system(), turns, conversation.tools()), media);
  }

  private void read(Part part, List<Part> shown, List<ReadMedium> media) {
    int before = media.size();
    switch (part) {
      case Part.Image image -> media.add(image(image));
      case Part.Audio audio -> media.addAll(bounded(() -> sound(audio)));
      case Part.Video video -> media.addAll(bounded(() -> video(video)));
      case Part.Document document -> {
        document(document, shown, media);
        return;
      }
      case Part.Text _,
          Part.Thought _,
          Part.ToolCall _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          shown.add(part);
    }
    for (ReadMedium medium : media.subList(before, media.size())) {
      shown.add(place(medium));
    }
  }

  /**
   * Of each page its picture, where the model sees, and its text, where the file has it: a page is
   * more than a model of a few hundred tokens an image can read.
   */
  private void document(Part.Document document, List<Part> shown, List<ReadMedium> media) {
    Optional<ImageProcessor> processor =
        frontEnds.images().map(standard -> Budgets.images(standard, document.resolution()));
    int pixels = processor.isPresent() ? PAGE_PIXELS : 0;
    bounded(() -> {
      try (PdfStream pdf = files.pdf(document.media().bytes(), pixels, limits)) {
        int tokens = 0;
        while (pdf.hasNext()) {
          PdfPage page = pdf.next();
          if (processor.isPresent()) {
            RgbImage picture = new RgbImage(page.width(), page.height(), page.rgb());
            ReadMedium medium =
                ReadMedium.of(PreparedMedium.image(processor.get(), picture), Modality.DOCUMENT);
            tokens += medium.inputs().size() * ((PromptMedium.Image) medium.place()).softTokens();
            media.add(medium);
            shown.add(place(medium));
          }
          if (!page.text().isBlank()) {
            shown.add(new Part.Text(page.text()));
          }
          checkFits(tokens, "The first %d of %d pages".formatted(page.number(), pdf.pages()));
        }
        return pdf.pages();
      }
    });
  }

  private void checkFits(int tokens, String what) {
    if (tokens > contextLength) {
      throw new MediaException(
          "%s take more than the %d tokens that the model reads. Ask for less, or for a lower resolution."
              .formatted(what, contextLength));
    }
  }

  /** A part of the kind that the template leaves this medium's place for. */
  private static Part place(ReadMedium medium) {
    Media nothing = new Media("", new byte[0]);
    return switch (medium.place()) {
      case PromptMedium.Image _ -> new Part.Image(nothing);
      case PromptMedium.Sound _ -> new Part.Audio(nothing);
      case PromptMedium.Video _ -> new Part.Video(nothing);
    };
  }

  private ReadMedium image(Part.Image part) {
    ImageProcessor processor =
        Budgets.images(need(frontEnds.images(), "images"), part.resolution());
    return bounded(() ->
        ReadMedium.of(
            PreparedMedium.image(processor, files.picture(part.media().bytes(), limits)),
            Modality.IMAGE));
  }

  private List<ReadMedium> sound(Part.Audio part) {
    SoundFrontEnd frontEnd = need(frontEnds.sounds(), "sounds");
    return soundIfAny(part.media().bytes(), Duration.ZERO, END, frontEnd)
        .orElseThrow(() -> new MediaException("the file has no sound"));
  }

  private Optional<List<ReadMedium>> soundIfAny(
      byte[] file, Duration from, Duration to, SoundFrontEnd frontEnd) {
    return files
        .sound(file, from, to, limits)
        .map(opened -> {
          try (SoundStream sound = opened) {
            return PreparedMedium.sound(new SoundClips(sound, frontEnd)).stream()
                .map(clip -> ReadMedium.of(clip, Modality.AUDIO))
                .toList();
          }
        });
  }

  /** The frames, and behind them the sound, if there is one and the model hears. */
  private List<ReadMedium> video(Part.Video part) {
    ImageProcessor processor =
        Budgets.frames(need(frontEnds.frames(), "videos"), part.resolution());
    Clip clip = part.clip();
    Duration end = clip.end().orElse(END);
    byte[] bytes = part.media().bytes();
    List<ReadMedium> media = new ArrayList<>();
    try (VideoStream video = files.video(bytes, clip.start(), end, sampling(clip), limits)) {
      media.addAll(frames(video, processor));
    }
    frontEnds
        .sounds()
        .flatMap(frontEnd -> soundIfAny(bytes, clip.start(), end, frontEnd))
        .ifPresent(media::addAll);
    return media;
  }

  /** The family's own number of frames, or so many a second as fit the context. */
  private FrameSampling sampling(Clip clip) {
    int most = Math.max(1, contextLength / (1 + TOKENS_AROUND_FRAME));
    return clip.framesPerSecond().isPresent()
        ? new FrameSampling.Rate(clip.framesPerSecond().getAsDouble(), most)
        : new FrameSampling.Count(frontEnds.frameCount());
  }

  private List<ReadMedium> frames(VideoStream video, ImageProcessor processor) {
    List<Duration> times = new ArrayList<>();
    List<ProcessedImage> frames = new ArrayList<>();
    int tokens = 0;
    while (video.hasNext()) {
      VideoFrame frame = video.next();
      List<ProcessedImage> made =
          processor.process(new RgbImage(frame.width(), frame.height(), frame.rgb()));
      tokens += made.getFirst().softTokens() + TOKENS_AROUND_FRAME;
      checkFits(tokens, "%d frames of the video".formatted(video.frames()));
      times.add(Duration.ofNanos(Math.max(0, frame.nanos())));
      frames.add(made.getFirst()); // a processor of frames makes no crops
    }
    return PreparedMedium.video(frontEnds.markup(), times, frames).stream()
        .map(medium -> ReadMedium.of(medium, Modality.VIDEO))
        .toList();
  }

  private <T> T need(Optional<T> frontEnd, String what) {
    return frontEnd.orElseThrow(() ->
        new MediaException(
            "This model does not read %s. It reads text%s%s%s."
                .formatted(
                    what,
                    frontEnds.images().isPresent() ? ", images" : "",
                    frontEnds.frames().isPresent() ? ", videos" : "",
                    frontEnds.sounds().isPresent() ? ", sounds" : "")));
  }

  @Override
  public void close() {
    files.close();
  }

  private <T> T bounded(Supplier<T> reading) {
    readers.acquireUninterruptibly();
    try {
      return reading.get();
    } finally {
      readers.release();
    }
  }
}
