package peerserver.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is done when the process is asked to end, before it ends as it does by itself. Shutdown hooks run all at once, and one
 * of Payara's stops the server: by then it is too late to serve anybody. A second signal ends the process at once.
 *
 * <p>The JDK supports {@code sun.misc.Signal}, and has the compiler warn of it whatever one does; hence by reflection.
 */
public final class EndSignals implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EndSignals.class.getName());
    private static final String[] NAMES = {"TERM", "INT"};

    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Map<Object, Taken> taken = new HashMap<>();

    /** A signal that is taken: who took it before, and who does now. */
    private record Taken(Object before, Object now) {}

    private EndSignals(Runnable work) {
        this.work = work;
    }

    /** Has that done once, by a thread of its own, however many signals there are. */
    public static EndSignals precede(Runnable work) {
        EndSignals signals = new EndSignals(work);
        for (String name : NAMES) {
            try {
                signals.take(name);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // The JVM was told to leave signals alone (-Xrs), or is one without them: it ends at once, then.
                LOG.log(Level.FINE, "No word of SIG" + name, e);
            }
        }
        return signals;
    }

    private void take(String name) throws ReflectiveOperationException {
        Object signal = signals().getConstructor(String.class).newInstance(name);
        Object[] before = new Object[1];
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, arguments);
            }
            if (begun.compareAndSet(false, true)) {
                work.run();
            }
            return handlers().getMethod("handle", signals()).invoke(before[0], signal);
        };
        Object now = Proxy.newProxyInstance(EndSignals.class.getClassLoader(), new Class<?>[] {handlers()}, handler);
        before[0] = handle(signal, now);
        taken.put(signal, new Taken(before[0], now));
    }

    /** Has nothing more done, and gives the signals back to who had them before, unless somebody else has them meanwhile. */
    @Override
    public void close() {
        begun.set(true);
        taken.forEach((signal, one) -> {
            try {
                Object last = handle(signal, one.before());
                if (last != one.now()) {
                    handle(signal, last);
                }
            } catch (ReflectiveOperationException e) {
                LOG.log(Level.FINE, "Not given back", e);
            }
        });
    }

    /** Has somebody else take a signal, and says who did before. */
    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signals().getMethod("handle", signals(), handlers()).invoke(null, signal, handler);
    }

    private static Class<?> signals() throws ClassNotFoundException {
        return Class.forName("sun.misc.Signal", true, ClassLoader.getSystemClassLoader());
    }

    private static Class<?> handlers() throws ClassNotFoundException {
        return Class.forName("sun.misc.SignalHandler", true, ClassLoader.getSystemClassLoader());
    }
}
