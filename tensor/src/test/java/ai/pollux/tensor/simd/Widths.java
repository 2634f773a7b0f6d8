package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.Optional;

/**
 * Backends of another vector width: the width is a constant of the classes, so they are loaded
 * again.
 */
final class Widths {
  private Widths() {}

  /** A backend of that width with two threads and no emitted kernels, from classes of its own. */
  static Backend backend(int bits) {
    String before = System.getProperty(Lanes.PROPERTY);
    System.setProperty(Lanes.PROPERTY, Integer.toString(bits));
    try {
      ClassLoader loader = new Reloading(Widths.class.getClassLoader());
      Class<?> type = loader.loadClass(SimdBackend.class.getName());
      Backend backend =
          (Backend) type.getConstructor(int.class, Optional.class).newInstance(2, Optional.empty());
      Field bytes = loader.loadClass(Lanes.class.getName()).getDeclaredField("BYTES");
      bytes.setAccessible(true);
      int found = Byte.SIZE * bytes.getInt(null);
      if (found != bits) {
        throw new AssertionError("expected vectors of %d bits, found %d".formatted(bits, found));
      }
      return backend;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no backend of " + bits + " bits", e);
    } finally {
      if (before == null) {
        System.clearProperty(Lanes.PROPERTY);
      } else {
        System.setProperty(Lanes.PROPERTY, before);
      }
    }
  }

  /** Defines this package's classes itself and leaves all others to its parent. */
  private static final class Reloading extends ClassLoader {
    private static final String PACKAGE = Widths.class.getPackageName() + ".";

    Reloading(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
