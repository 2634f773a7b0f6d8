package ai.pollux.assistant.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Models on disk, shared by all processes that open the same folder, in which there are
 *
 * <ul>
 *   <li>{@code blobs}: the content of files, named by its hash, each once however many models have
 *       it;
 *   <li>{@code models}: for each model a folder of links to blobs, to load it from;
 *   <li>{@code manifests}: what each model consists of;
 *   <li>{@code locks}, and {@code tiers.properties}.
 * </ul>
 *
 * <p>A process may be killed at any time: blobs, folders and manifests appear complete or not at
 * all, and what was fetched of a file is kept. Open one store per folder and process; it may be
 * used by many threads.
 */
public final class ModelStore {
  private final Path root;
  private final HubSettings settings;
  private final Hub hub;
  private final Manifests manifests;
  private final Tiers tiers;
  private final Clock clock;

  /** One at a time in a process: system locks do not keep threads of one process apart. */
  private final ReentrantLock changing = new ReentrantLock();

  /** A store in a folder, which is made when something is put into it. */
  public ModelStore(Path root, HubSettings settings, Clock clock) {
    this.root = root.toAbsolutePath().normalize();
    this.settings = settings;
    this.clock = clock;
    this.hub = new Hub(settings);
    this.manifests = new Manifests(this.root.resolve("manifests"));
    this.tiers = new Tiers(this.root.resolve("tiers.properties"));
  }

  /** Where it is: {@code POLLUX_MODELS}, else {@code .pollux/models} in the home folder. */
  public static Path folder(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("POLLUX_MODELS", "");
    return named.isEmpty() ? home.resolve(".pollux").resolve("models") : Path.of(named);
  }

  /** What each short name stands for. */
  public SortedMap<String, String> tiers() {
    return tiers.all();
  }

  /** From now on {@code tier} stands for a name on the hub or a path. */
  public void setTier(String tier, String model) {
    try {
      tiers.set(tier, model);
    } catch (IOException e) {
      throw new StoreException("%s: cannot be written: %s".formatted(root, e.getMessage()), e);
    }
  }

  /** The name that a text stands for: itself, or what a tier is set to. */
  public String nameOf(String text) {
    return tiers.all().getOrDefault(text, text);
  }

  /** All models that are complete, by name. */
  public List<StoredModel> list() {
    return manifests.complete();
  }

  /** Models whose pull has begun and not ended. */
  public List<StoredModel> unfinished() {
    return manifests.pending();
  }

  /** A model that is there and complete. */
  public Optional<StoredModel> find(ModelName name) {
    return manifests.find(name).filter(model -> Files.isDirectory(model.path()));
  }

  /**
   * Fetches what of a model is not there yet. Without a network ({@code HF_HUB_OFFLINE}) what is
   * there is given.
   *
   * @throws StoreException if it cannot be fetched; what came so far is kept
   */
  @SuppressWarnings("try") // the locks are held, not used
  public StoredModel pull(ModelName name, PullProgress progress) throws InterruptedException {
    if (settings.isOffline()) {
      return find(name)
          .orElseThrow(() ->
              new StoreException(
                  "%s is not in the store, and HF_HUB_OFFLINE forbids to fetch it"
                      .formatted(name)));
    }
    HubListing listing = hub.list(name);
    List<HubFile> files = Selection.of(name, listing);
    changing.lockInterruptibly();
    try (FileMutex pulling = FileMutex.await(lock("store"), true);
        FileMutex mine = FileMutex.await(lock(name.fileName()), false)) {
      return pull(name, listing.commit(), files, progress);
    } catch (IOException e) {
      throw new StoreException(
          "%s: the store %s cannot be written: %s".formatted(name, root, e), e);
    } finally {
      changing.unlock();
    }
  }

  private StoredModel pull(
      ModelName name, String commit, List<HubFile> files, PullProgress progress)
      throws IOException, InterruptedException {
    Path blobs = Files.createDirectories(root.resolve("blobs"));
    ModelFolder folder = new ModelFolder(root, name, commit);
    StoredModel model =
        new StoredModel(
            name.toString(),
            commit,
            folder.path(),
            files.stream()
                .map(file -> new StoredModel.File(file.path(), file.size(), file.blob()))
                .toList(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    requireRoom(name, blobs, files);
    manifests.begin(name, model);
    long total = model.bytes();
    AtomicLong done = new AtomicLong();
    ReentrantLock telling = new ReentrantLock();
    for (HubFile file : files) {
      fetch(
          name,
          commit,
          file,
          blobs,
          bytes -> {
            telling.lock();
            try {
              progress.at(done.addAndGet(bytes), total);
            } finally {
              telling.unlock();
            }
          });
    }
    folder.make(model.files(), blobs);
    manifests.complete(name);
    folder.deleteOthers();
    return model;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void fetch(ModelName name, String commit, HubFile file, Path blobs, LongConsumer gained)
      throws IOException, InterruptedException {
    try (FileMutex mine = FileMutex.await(lock(file.blob()), false)) {
      if (Files.exists(blobs.resolve(file.blob()))) {
        gained.accept(file.size());
      } else {
        new Download(hub, settings, name, commit, file, blobs, gained).run();
      }
    }
  }

  private static void requireRoom(ModelName name, Path blobs, List<HubFile> files)
      throws IOException {
    long needed = 0;
    for (HubFile file : files) {
      if (file.size() < 0) {
        throw new StoreException(
            "%s: the hub did not say how large %s is".formatted(name, file.path()));
      }
      Path part = blobs.resolve(file.blob() + ".part");
      if (Files.notExists(blobs.resolve(file.blob()))) {
        needed += file.size() - (Files.exists(part) ? Math.min(Files.size(part), file.size()) : 0);
      }
    }
    FileStore disk = Files.getFileStore(blobs);
    if (needed > disk.getUsableSpace()) {
      throw new StoreException(
          "%s: needs %,d bytes more, and the disk of %s has %,d left. Make room, or set POLLUX_MODELS to a folder elsewhere"
              .formatted(name, needed, blobs, disk.getUsableSpace()));
    }
  }

  /**
   * Forgets a model, whole or begun, and deletes the blobs that no other has.
   *
   * @return how many bytes that freed
   * @throws StoreException if there is none of that name, or another process is pulling
   */
  public long remove(ModelName name) throws InterruptedException {
    changing.lockInterruptibly();
    try (FileMutex alone = FileMutex.tryOnce(lock("store"), false)) {
      if (alone == null) {
        throw new StoreException(
            "%s: another process is pulling into %s. Try again when it is done"
                .formatted(name, root));
      }
      if (!manifests.delete(name)) {
        throw new StoreException(
            "%s is not in the store; pollux list shows what is".formatted(name));
      }
      ModelFolder.deleteAll(root, name);
      return prune();
    } catch (IOException e) {
      throw new StoreException("%s: cannot be removed: %s".formatted(name, e), e);
    } finally {
      changing.unlock();
    }
  }

  /** Only while nobody pulls. */
  private long prune() throws IOException {
    Set<String> used = new HashSet<>();
    Stream.concat(manifests.complete().stream(), manifests.pending().stream())
        .flatMap(model -> model.files().stream())
        .forEach(file -> used.add(file.blob()));
    Path blobs = root.resolve("blobs");
    if (Files.notExists(blobs)) {
      return 0;
    }
    List<Path> all;
    try (Stream<Path> files = Files.list(blobs)) {
      all = files.toList();
    }
    long freed = 0;
    for (Path file : all) {
      String blob = file.getFileName().toString().replaceFirst("\\.(part|journal)$", "");
      if (!used.contains(blob)) {
        freed += Files.size(file);
        Files.delete(file);
        Files.deleteIfExists(lock(blob));
      }
    }
    return freed;
  }

  private Path lock(String name) {
    return root.resolve("locks").resolve(name);
  }
}
