package io.diapason.cli;

import io.diapason.tuner.study.Cancellation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C means while a search runs: the first asks it to stop, the second ends the process at once.
 *
 * <p>The handler is set by reflection: {@code sun.misc.Signal} is the only way to one, and naming it is a compiler
 * warning. On a Java that has it not, Ctrl-C ends the process as it does anywhere.
 */
final class Interrupts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

    private final Cancellation cancellation;
    private final Console console;
    private final Runnable end;
    private final AtomicInteger count = new AtomicInteger();
    private @Nullable Object previous;

    Interrupts(Cancellation cancellation, Console console, Runnable end) {
        this.cancellation = cancellation;
        this.console = console;
        this.end = end;
    }

    /** Heeds Ctrl-C until it is closed. */
    static Interrupts during(Cancellation cancellation, Console console) {
        Interrupts interrupts =
                new Interrupts(cancellation, console, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                interrupts.interrupt();
                return null;
            }
            throw new UnsupportedOperationException("signal handler: must be asked to handle only, got " + method);
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            interrupts.previous = set(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ReflectiveOperationException e) {
            LOG.debug("Ctrl-C cannot be handled, and ends the process", e);
        }
        return interrupts;
    }

    /** Ctrl-C was pressed. */
    void interrupt() {
        if (count.incrementAndGet() > 1) {
            console.err().println();
            end.run();
            return;
        }
        console.err().println();
        console.note("stopping: the best trial so far is trained again and saved; Ctrl-C again ends at once");
        cancellation.cancel();
    }

    private static @Nullable Object set(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return signal.getMethod("handle", signal, type)
                .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    }

    @Override
    public void close() {
        if (previous != null) {
            try {
                set(previous);
            } catch (ReflectiveOperationException e) {
                LOG.debug("Ctrl-C keeps its handler", e);
            }
            previous = null;
        }
    }
}
