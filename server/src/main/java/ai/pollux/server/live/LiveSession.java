package ai.pollux.server.live;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Usage;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.ResponseMapping;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.live.ClientMessage.ClientContent;
import ai.pollux.server.live.ClientMessage.RealtimeInput;
import ai.pollux.server.live.ClientMessage.ToolResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation over one connection: what each message of the client does, and what is sent for
 * it. One answer is written at a time, on a thread of its own. May be used by many threads.
 */
public final class LiveSession {
  private final String id;
  private final LiveSetting setting;
  private final Optional<AuthTokens.Grant> grant;
  private final LiveCaller caller;
  private final SavedSessions saved;
  private final Outbox outbox;
  private final SessionClock clock;
  private final Set<String> withdrawn = new HashSet<>();
  private final List<Content> queued = new ArrayList<>();
  private Handles handles;
  private @Nullable Persona persona;
  private Hearing hearing = Hearing.of(null);
  private Dialogue dialogue = new Dialogue(List.of());
  private @Nullable UserInput input;
  private @Nullable LiveTurn turn;
  private Optional<Thread> writer = Optional.empty();
  private long messages;
  private boolean awaitsHistory;
  private boolean isOver;

  LiveSession(
      String id,
      LiveSetting setting,
      Optional<AuthTokens.Grant> grant,
      LiveCaller caller,
      SavedSessions saved,
      Outbox outbox) {
    this.id = id;
    this.setting = setting;
    this.grant = grant;
    this.caller = caller;
    this.saved = saved;
    this.outbox = outbox;
    clock = new SessionClock(setting.limits(), setting.clock(), grant);
    handles = new Handles(saved, caller.project(), null);
  }

  /** Does what a message asks for. A message that is wrong ends the session. */
  public void receive(byte[] json) {
    try {
      ClientMessage message = ClientMessage.read(json);
      synchronized (this) {
        if (!isOver) {
          clock.hear();
          take(message);
          messages++;
        }
      }
    } catch (RuntimeException e) {
      end(failure(e));
    }
  }

  /** The client gave a sign of life. */
  public synchronized void hear() {
    clock.hear();
  }

  /** Ends the session; the client is told why. */
  public void end(LiveException reason) {
    outbox.close(reason);
    gone();
  }

  /** The connection is gone: what is being written for it stops. */
  public synchronized void gone() {
    isOver = true;
    if (turn != null) {
      turn.cancel();
      turn = null;
    }
  }

  private void take(ClientMessage message) {
    if (message.setup() != null) {
      setUp(message.setup());
      return;
    }
    if (persona == null) {
      throw new LiveException(LiveException.INVALID, "The first message must be a setup.");
    }
    if (message.clientContent() != null) {
      takeContent(message.clientContent());
    } else if (message.toolResponse() != null) {
      takeResponses(message.toolResponse());
    } else if (message.realtimeInput() != null) {
      takeInput(message.realtimeInput());
    }
    checkSize();
  }

  private void setUp(Setup asked) {
    if (persona != null) {
      throw new LiveException(
          LiveException.INVALID,
          "setup: only the first message may be one; this session has begun.");
    }
    Setup setup = grant.map(each -> each.mask().apply(asked)).orElse(asked);
    Persona chosen = Persona.of(setup, setting.models(), caller.files());
    hearing = Hearing.of(setup.realtimeInputConfig());
    String handle = handle(setup);
    boolean isResumed = !handle.isEmpty();
    if (isResumed) {
      dialogue = new Dialogue(saved.find(caller.project(), handle));
    } else {
      grant.ifPresent(setting.tokens()::use);
    }
    awaitsHistory =
        !isResumed
            && setup.historyConfig() != null
            && Boolean.TRUE.equals(setup.historyConfig().initialHistoryInClientContent());
    input = new UserInput(hearing, utterances());
    handles = new Handles(saved, caller.project(), setup.sessionResumption());
    persona = chosen;
    send(ServerMessage.of(new ServerMessage.SetupComplete(id)));
  }

  private static String handle(Setup setup) {
    Setup.SessionResumption resumption = setup.sessionResumption();
    return resumption == null || resumption.handle() == null ? "" : resumption.handle();
  }

  private void takeContent(ClientContent content) {
    boolean isComplete = Boolean.TRUE.equals(content.turnComplete());
    interrupt();
    if (content.turns() != null) {
      content.turns().forEach(dialogue::add);
    }
    if (isComplete && awaitsHistory) {
      awaitsHistory = false;
      offerHandle(messages);
    } else if (isComplete) {
      answer();
    }
  }

  private void takeResponses(ToolResponse response) {
    List<Part.FunctionResponse> given =
        response.functionResponses() == null ? List.of() : response.functionResponses();
    for (int i = 0; i < given.size(); i++) {
      takeResponse(given.get(i), "tool_response.function_responses[" + i + "]");
    }
    if (turn != null && turn.hasCalled() && turn.waiting().isEmpty()) {
      dialogue.add(turn.given());
      start();
    }
  }

  private void takeResponse(Part.FunctionResponse response, String place) {
    if (response.id() != null && withdrawn.contains(response.id())) {
      return; // It was under way when its call was withdrawn.
    }
    if (Boolean.TRUE.equals(response.willContinue())) {
      throw ApiException.invalid(
          place + ".will_continue",
          place + ".will_continue: this server waits for whole responses; send one.");
    }
    if (turn == null || !turn.respond(response)) {
      throw ApiException.invalid(
          place + ".id",
          "%s: no call of id \"%s\" waits; expected one of %s."
              .formatted(place, response.id(), turn == null ? List.of() : turn.waiting()));
    }
  }

  private void takeInput(RealtimeInput given) {
    UserInput user = input();
    if (given.activityStart() != null || given.activityEnd() != null) {
      if (!hearing.isTold()) {
        throw ApiException.invalid(
            "realtime_input",
            "Explicit activity control is not supported when automatic activity detection is on.");
      }
    }
    if (given.activityStart() != null) {
      user.begin();
    }
    if (given.video() != null) {
      user.see(given.video(), "realtime_input.video");
    }
    if (given.mediaChunks() != null) {
      for (int i = 0; i < given.mediaChunks().size(); i++) {
        takeMedia(given.mediaChunks().get(i), "realtime_input.media_chunks[" + i + "]");
      }
    }
    if (given.audio() != null) {
      user.hear(PcmChunk.of(given.audio(), "realtime_input.audio"));
    }
    if (given.text() != null) {
      takeText(given.text());
    }
    if (given.activityEnd() != null
        || (Boolean.TRUE.equals(given.audioStreamEnd()) && !hearing.isTold())) {
      user.end();
    }
  }

  private void takeMedia(Part.Blob blob, String place) {
    if (blob.mimeType() != null && blob.mimeType().startsWith("image/")) {
      input().see(blob, place);
    } else {
      input().hear(PcmChunk.of(blob, place));
    }
  }

  /** Text belongs to the utterance that goes on, or is one by itself. */
  private void takeText(String text) {
    input().read(text);
    if (!input().isSpeaking()) {
      if (hearing.interrupts()) {
        interrupt();
      }
      answer(input().take());
    }
  }

  private UserInput.Utterances utterances() {
    return new UserInput.Utterances() {
      @Override
      public void begins() {
        signal(true);
        if (hearing.interrupts()) {
          interrupt();
        }
      }

      @Override
      public void ends() {
        signal(false);
        answer(input().take());
      }
    };
  }

  private void signal(boolean begins) {
    if (!hearing.isTold() && Boolean.TRUE.equals(persona().setup().explicitVadSignal())) {
      send(ServerMessage.speech(begins));
    }
  }

  /** Answers this, or keeps it until the answer that is being written is whole. */
  private void answer(Content said) {
    if (said.parts() == null || said.parts().isEmpty()) {
      return;
    }
    if (turn != null) {
      queued.add(said);
    } else {
      dialogue.add(said);
      answer();
    }
  }

  private void answer() {
    if (handles.areWanted()) {
      send(ServerMessage.of(Handles.none()));
    }
    start();
  }

  /** Starts to write an answer to the dialogue. */
  private void start() {
    Persona chosen = persona();
    boolean showsThoughts = RequestMapping.includesThoughts(chosen.request(List.of()));
    LiveTurn started =
        new LiveTurn(new ResponseMapping(chosen.assistant().name(), id, showsThoughts));
    turn = started;
    Optional<Thread> before = writer;
    writer =
        Optional.of(
            Thread.ofVirtual().name("live-turn-" + id).start(() -> write(started, chosen, before)));
  }

  /** Writes an answer when the one before has ended, which may have been told to just now. */
  private void write(LiveTurn started, Persona chosen, Optional<Thread> before) {
    try {
      if (before.isPresent()) {
        before.get().join();
      }
      Optional<List<Content>> contents = contents(started, chosen);
      if (contents.isPresent()) {
        speak(
            started,
            chosen,
            RequestMapping.answer(
                chosen.request(contents.get()),
                chosen.files(),
                chosen.assistant().defaultSampling()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!started.isCancelled()) {
        end(failure(e));
      }
    }
  }

  private void speak(LiveTurn started, Persona chosen, AnswerRequest request)
      throws InterruptedException {
    LiveCaller.Charge charge = caller.begin();
    Usage usage = Usage.NONE;
    try (Answer answer = chosen.assistant().answer(request)) {
      boolean isWanted = started.begin(answer);
      while (isWanted && answer.hasNext()) {
        AnswerEvent event = answer.next();
        usage = answer.usage();
        outbox.awaitRoom();
        isWanted = say(started, event, usage);
      }
    } finally {
      charge.end(usage);
    }
  }

  /** The dialogue, shortened where it has become too long and may be; nothing for a late turn. */
  private Optional<List<Content>> contents(LiveTurn started, Persona chosen) {
    List<Content> contents;
    synchronized (this) {
      if (turn != started) {
        return Optional.empty();
      }
      contents = dialogue.contents();
    }
    if (!chosen.mayForget() || chosen.tokens(contents) <= chosen.triggerTokens()) {
      return Optional.of(contents);
    }
    Dialogue shorter = new Dialogue(contents);
    while (shorter.dropOldest() && chosen.tokens(shorter.contents()) > chosen.targetTokens()) {
      // Dropped above; counting takes long, and nobody else waits for it.
    }
    synchronized (this) {
      if (turn != started) {
        return Optional.empty();
      }
      dialogue = shorter;
      return Optional.of(shorter.contents());
    }
  }

  private synchronized boolean say(
      LiveTurn started, AnswerEvent event, ai.pollux.assistant.Usage counted) {
    if (turn != started) {
      return false;
    }
    List<Part> shown = started.add(event, counted);
    if (!shown.isEmpty()) {
      send(ServerMessage.modelTurn(shown));
    }
    if (event instanceof AnswerEvent.Ended ended) {
      finish(started, ended.reason());
    }
    return true;
  }

  private void finish(LiveTurn ended, EndReason reason) {
    if (reason == EndReason.CANCELLED) {
      throw new LiveException(LiveException.INTERNAL, "The model is being closed.");
    }
    if (ended.hasCalls()) {
      send(ServerMessage.of(new ServerMessage.ToolCall(ended.call()), ended.usage()));
      dialogue.add(ended.said());
      checkSize();
      return; // The turn goes on when they are answered.
    }
    dialogue.add(ended.said());
    checkSize();
    turn = null;
    send(ServerMessage.generationComplete());
    String why = reason == EndReason.MALFORMED_CALL ? "MALFORMED_FUNCTION_CALL" : null;
    send(ServerMessage.turnComplete(why, ended.usage()));
    offerHandle(messages - 1);
    if (!queued.isEmpty()) {
      queued.forEach(dialogue::add);
      queued.clear();
      answer();
    }
  }

  /** Stops the answer that is being written, if there is one. */
  private void interrupt() {
    LiveTurn stopped = turn;
    if (stopped == null) {
      return;
    }
    turn = null;
    stopped.cancel();
    List<String> waiting = stopped.waiting();
    if (waiting.isEmpty()) {
      dialogue.add(stopped.said());
    } else {
      withdrawn.addAll(waiting);
      dialogue.withdrawCalls();
      send(ServerMessage.of(new ServerMessage.ToolCallCancellation(waiting)));
    }
    send(ServerMessage.interrupted());
    send(ServerMessage.turnComplete(null, stopped.usage()));
    offerHandle(messages - 1); // The message that interrupts is not in it.
    queued.forEach(dialogue::add);
    queued.clear();
  }

  private void offerHandle(long lastConsumed) {
    if (handles.areWanted()) {
      send(ServerMessage.of(handles.give(dialogue, lastConsumed)));
    }
  }

  private void checkSize() {
    long most = setting.limits().conversationBytes();
    while (dialogue.characters() > most) {
      if (!persona().mayForget() || !dialogue.dropOldest()) {
        throw new LiveException(
            LiveException.INVALID,
            "The conversation takes more than %,d bytes. Set contextWindowCompression, or start anew."
                .formatted(most));
      }
    }
  }

  /** Looks at the clock: warns, and ends what has lasted too long. */
  void tick() {
    outbox.checkStuck(setting.limits().stuck(), System.nanoTime());
    synchronized (this) {
      if (isOver) {
        return;
      }
      LiveException overdue = clock.overdue(persona != null, isAnswering());
      if (overdue != null) {
        end(overdue);
      } else if (persona != null) {
        clock.warning().ifPresent(left -> send(ServerMessage.goAway(left)));
      }
    }
  }

  /** Tells that the server will end in a moment. */
  synchronized void warn(Duration left) {
    if (persona != null && !isOver) {
      send(ServerMessage.goAway(left));
    }
  }

  /** Whether an answer is being written. */
  synchronized boolean isAnswering() {
    return turn != null && !turn.hasCalled();
  }

  private LiveException failure(RuntimeException failure) {
    return failure instanceof LiveException known
        ? known
        : LiveException.of(setting.errors().apply(failure));
  }

  private void send(ServerMessage message) {
    outbox.send(Wire.write(message));
  }

  private Persona persona() {
    if (persona == null) {
      throw new IllegalStateException("the session has no setup yet");
    }
    return persona;
  }

  private UserInput input() {
    if (input == null) {
      throw new IllegalStateException("the session has no setup yet");
    }
    return input;
  }
}
