package org.patchlens.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C while work is under way: the first asks the work to stop where nothing is half-written, the second ends
/// the process at once.
///
/// The JDK's signals (`sun.misc.Signal`, module `jdk.unsupported`) have no replacement and no public type; they
/// are reached by name, because a direct use is a compiler warning that cannot be suppressed. Where they are
/// missing, Ctrl-C ends the process as it always does.
final class Interruption implements AutoCloseable {
    private final PrintStream err;
    private final Runnable whenAsked;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final List<Runnable> restore = new ArrayList<>();

    private Interruption(PrintStream err, Runnable whenAsked) {
        this.err = err;
        this.whenAsked = whenAsked;
    }

    /// Takes over Ctrl-C and the system's request to end until it is closed.
    static Interruption whileWorking(Terminal terminal) {
        Interruption interruption = new Interruption(
                terminal.err(),
                () -> terminal.err().println("Stopping at the next safe point; press Ctrl-C again to stop at once."));
        interruption.listenTo("INT");
        interruption.listenTo("TERM");
        return interruption;
    }

    /// Takes over both for a server, which stops when it is asked once.
    static Interruption whileServing(Terminal terminal, Runnable stop) {
        Interruption interruption = new Interruption(terminal.err(), stop);
        interruption.listenTo("INT");
        interruption.listenTo("TERM");
        return interruption;
    }

    /// Whether somebody asked to stop.
    boolean requested() {
        return requested.get();
    }

    /// Asks to stop; asked twice, ends the process without waiting.
    void request() {
        if (requested.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
        }
        err.println();
        whenAsked.run();
    }

    @Override
    public void close() {
        restore.forEach(Runnable::run);
        restore.clear();
    }

    private void listenTo(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Object previous = handle(
                    signal,
                    handlerType,
                    Proxy.newProxyInstance(
                            handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    request();
                                }
                                return null;
                            }));
            restore.add(() -> restore(signal, handlerType, previous));
        } catch (InvocationTargetException e) {
            // the JVM was told to leave signals alone (-Xrs), or the system has no such signal
        } catch (ReflectiveOperationException e) {
            // a Java without these signals: Ctrl-C keeps its usual meaning
        }
    }

    private static void restore(Object signal, Class<?> handlerType, Object previous) {
        try {
            handle(signal, handlerType, previous);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a signal that was taken over cannot be given back", e);
        }
    }

    private static Object handle(Object signal, Class<?> handlerType, Object handler)
            throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), handlerType)
                .invoke(null, signal, handler);
    }
}
