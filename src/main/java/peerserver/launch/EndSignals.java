package peerserver.launch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is done when the process is asked to end, before it ends as it does by itself. Shutdown hooks run all at once, and one
 * of Payara's stops the server: by then it is too late to serve anybody. A second signal ends the process at once.
 *
 * <p>The JDK supports {@code sun.misc.Signal}, and has the compiler warn of it whatever one does; hence by reflection.
 */
final class EndSignals {

    private static final Logger LOG = Logger.getLogger(EndSignals.class.getName());
    private static final String[] NAMES = {"TERM", "INT"};

    private EndSignals() {}

    /** Has that done once, by a thread of its own, however many signals there are. */
    static void precede(Runnable work) {
        AtomicBoolean begun = new AtomicBoolean();
        for (String name : NAMES) {
            try {
                precede(name, work, begun);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // The JVM was told to leave signals alone (-Xrs), or is one without them: it ends at once, then.
                LOG.log(Level.FINE, "No word of SIG" + name, e);
            }
        }
    }

    private static void precede(String name, Runnable work, AtomicBoolean begun) throws ReflectiveOperationException {
        Class<?> signals = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Method handle = handlers.getMethod("handle", signals);
        Object signal = signals.getConstructor(String.class).newInstance(name);
        Object[] before = new Object[1];
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(before, arguments);
            }
            if (begun.compareAndSet(false, true)) {
                work.run();
            }
            return handle.invoke(before[0], signal);
        };
        Object ours = Proxy.newProxyInstance(EndSignals.class.getClassLoader(), new Class<?>[] {handlers}, handler);
        before[0] = signals.getMethod("handle", signals, handlers).invoke(null, signal, ours);
    }
}
