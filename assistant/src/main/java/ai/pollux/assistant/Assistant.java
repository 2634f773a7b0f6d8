package ai.pollux.assistant;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.assistant.constraint.ShapeCompiler;
import ai.pollux.assistant.media.FrontEndFinder;
import ai.pollux.assistant.media.MediaReader;
import ai.pollux.content.Conversation;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.PromptExpansion;
import ai.pollux.content.template.ChatTemplates;
import ai.pollux.content.template.OutputParser;
import ai.pollux.content.tokenizer.Detokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.EmbeddingRequest;
import ai.pollux.engine.Engine;
import ai.pollux.engine.EngineBusyException;
import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.EngineStats;
import ai.pollux.engine.GenerationRequest;
import ai.pollux.engine.InvalidRequestException;
import ai.pollux.engine.MemoryPlan;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.Formats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A loaded model with its tokenizer and its chat template: conversations in, parts out. Owns the
 * engine and the mapped files; the backend is closed after it, by who made it. May be used by many
 * threads.
 */
public final class Assistant implements AutoCloseable {
  private final String name;
  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final PromptWriter writer;
  private final GenerationDefaults defaults;
  private final EngineOptions options;
  private final Engine engine;
  private final ShapeCompiler shapes;

  private Assistant(
      String name,
      LanguageModel model,
      Tokenizer tokenizer,
      PromptWriter writer,
      GenerationDefaults defaults,
      EngineOptions options,
      Engine engine) {
    this.name = name;
    this.model = model;
    this.tokenizer = tokenizer;
    this.writer = writer;
    this.defaults = defaults;
    this.options = options;
    this.engine = engine;
    shapes = new ShapeCompiler(tokenizer, defaults.endTokens(), model.info().vocabulary());
  }

  /**
   * Loads a model.
   *
   * @throws RuntimeException of the module that refuses it: the checkpoint, its settings, the
   *     tokenizer, or the memory plan; the message is for the person who named the file
   */
  public static Assistant open(ModelSource source, Backend backend, Progress progress) {
    Checkpoint checkpoint =
        source
            .projector()
            .map(projector -> Models.open(source.model(), projector))
            .orElseGet(() -> Models.open(source.model()));
    try {
      ModelInfo info = Models.inspect(checkpoint, source.slice());
      EngineOptions options = source.engine().apply(defaultOptions(info));
      new MemoryPlan(info, options, source.availableBytes()).require();
      Tokenizer tokenizer = TokenizerFinder.find(checkpoint, source.tokenizer());
      PromptWriter writer = writer(checkpoint, info, tokenizer, options);
      GenerationDefaults defaults =
          GenerationDefaults.of(checkpoint, tokenizer).changed(source.sampling());
      LanguageModel model = Models.load(checkpoint, backend, progress, source.slice());
      Engine engine = new Engine(model, backend, options);
      return new Assistant(source.name(), model, tokenizer, writer, defaults, options, engine);
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  private static PromptWriter writer(
      Checkpoint checkpoint, ModelInfo info, Tokenizer tokenizer, EngineOptions options) {
    FrontEnds frontEnds = FrontEndFinder.find(checkpoint, info);
    return new PromptWriter(
        tokenizer,
        TemplateFinder.find(checkpoint, tokenizer),
        new MediaReader(frontEnds, MediaLimits.standard(), options.contextLength()),
        new PromptExpansion(frontEnds.markup(), tokenizer));
  }

  /** The tokenizer of a model, or {@code given}, without loading weights. */
  public static Tokenizer openTokenizer(Path model, Optional<Path> given) {
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      return TokenizerFinder.find(checkpoint, given);
    }
  }

  /**
   * Keys and values are kept as exactly as the weights: in 32 bits for a model of 32 bits, else in
   * 16.
   */
  private static EngineOptions defaultOptions(ModelInfo info) {
    boolean isFull = info.weightBytes() >= 4 * info.parameters();
    return EngineOptions.of(info).withCacheFormat(isFull ? Formats.F32 : Formats.F16);
  }

  /** What the model is called from outside. */
  public String name() {
    return name;
  }

  /** Sizes and family. */
  public ModelInfo info() {
    return model.info();
  }

  /** The most tokens of a prompt and its answer together. */
  public int contextLength() {
    return options.contextLength();
  }

  /** How tokens are picked where nobody says anything else. */
  public Sampling defaultSampling() {
    return defaults.sampling();
  }

  /** What turns text to ids and back. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The engine at this moment. */
  public EngineStats stats() {
    return engine.stats();
  }

  /** How many tokens a prompt takes, with all that the template puts around it. */
  public PromptTokens countTokens(Prompt prompt) {
    return writer.write(prompt).tokens();
  }

  /**
   * Makes a vector of each of some contents: the mean of the model's last hidden states over all
   * but the start token. Text is taken as it stands; what shows media is read as a user's turn.
   * Waits for the engine, which goes on to generate meanwhile.
   *
   * @param truncates whether text that is longer than the context is cut, rather than refused
   * @throws InvalidRequestException if one has no tokens or too many
   * @throws EngineBusyException if too many wait already
   * @throws ai.pollux.content.MediaException if a medium cannot be read, or the model reads no such
   */
  public List<Embedding> embed(List<List<Part>> contents, boolean truncates)
      throws InterruptedException {
    List<WrittenPrompt> prompts =
        contents.stream().map(parts -> embedded(parts, truncates)).toList();
    int first = tokenizer.addsBos() ? 1 : 0;
    List<EmbeddingRequest> requests =
        prompts.stream()
            .map(prompt -> new EmbeddingRequest(prompt.ids(), prompt.media(), first))
            .toList();
    List<float[]> vectors = await(engine.embed(requests));
    return IntStream.range(0, prompts.size())
        .mapToObj(i -> new Embedding(Embedding.unit(vectors.get(i)), prompts.get(i).tokens()))
        .toList();
  }

  private WrittenPrompt embedded(List<Part> parts, boolean truncates) {
    if (!parts.stream().allMatch(Part.Text.class::isInstance)) {
      Turn turn = new Turn(Turn.Role.USER, parts);
      return writer.write(
          new Prompt.Chat(new Conversation(List.of(), List.of(turn), List.of()), false));
    }
    String text =
        parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining("\n"));
    WrittenPrompt written = writer.write(new Prompt.Raw(text));
    int longest = options.contextLength() - 1;
    if (!truncates || written.ids().length <= longest) {
      return written;
    }
    return new WrittenPrompt(
        Arrays.copyOf(written.ids(), longest), List.of(), PromptTokens.of(longest, Map.of()));
  }

  private static List<float[]> await(CompletableFuture<List<float[]>> vectors)
      throws InterruptedException {
    try {
      return vectors.get();
    } catch (InterruptedException e) {
      vectors.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidRequestException invalid) {
        throw invalid;
      }
      throw new AnswerException("A step of the engine failed: " + e.getCause());
    }
  }

  /**
   * Starts to answer. Does not wait.
   *
   * @throws InvalidRequestException if the prompt does not fit the context, among others
   * @throws EngineBusyException if too many requests wait already
   * @throws ai.pollux.content.template.TemplateException if the template refuses the conversation
   * @throws ai.pollux.content.MediaException if a medium cannot be read, or the model reads no such
   * @throws ai.pollux.assistant.constraint.ShapeException if answers cannot be held to the shape
   */
  public Answer answer(AnswerRequest request) {
    WrittenPrompt prompt = writer.write(request.prompt());
    int room = Math.max(1, options.contextLength() - prompt.ids().length);
    GenerationRequest generation =
        GenerationRequest.of(prompt.ids())
            .withMedia(prompt.media())
            .withMaxTokens(request.maxTokens().orElse(room))
            .withCandidates(request.candidates())
            .withSampling(request.sampling())
            .withEndTokens(defaults.endTokens());
    if (!(request.shape() instanceof AnswerShape.Free)) {
      generation = generation.withConstraint(shapes.compile(request.shape(), request.isThinking()));
    }
    List<CandidateText> candidates =
        IntStream.range(0, request.candidates()).mapToObj(i -> candidate(request)).toList();
    return new Answer(engine.submit(generation), prompt.tokens(), tokenizer, candidates);
  }

  private CandidateText candidate(AnswerRequest request) {
    return new CandidateText(
        tokenizer,
        detokenizer(request.prompt()),
        parser(request),
        request.stopStrings(),
        defaults.endTokens());
  }

  private OutputParser parser(AnswerRequest request) {
    if (request.prompt() instanceof Prompt.Raw) {
      return OutputParser.plain();
    }
    OutputParser own =
        ChatTemplates.outputParser(
            mark -> TemplateFinder.isMark(tokenizer, mark), Assistant::callId);
    return switch (request.shape()) {
      case AnswerShape.Free _, AnswerShape.Calls _ -> own;
      case AnswerShape.AnyJson _,
          AnswerShape.Schema _,
          AnswerShape.OneOf _,
          AnswerShape.Pattern _ ->
          request.isThinking() ? new ThoughtThenText(own) : OutputParser.plain();
    };
  }

  private static String callId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private Detokenizer detokenizer(Prompt prompt) {
    boolean startsText = prompt instanceof Prompt.Raw raw && raw.text().isEmpty();
    return startsText ? tokenizer.detokenizer() : tokenizer.continuingDetokenizer();
  }

  /** Cancels what runs, frees the cache, unmaps the files, ends what reads media. */
  @Override
  public void close() {
    engine.close();
    model.close();
    writer.close();
  }
}
