package peerserver.security;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Makes a fake of a large interface out of an object that has the few methods which the test needs. */
public final class Fake {

    private Fake() {}

    /** An instance of {@code type} that calls the methods of {@code behaviour} and knows no others. */
    public static <T> T of(Class<T> type, Object behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Method implementation;
            try {
                implementation = behaviour.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes());
            } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.toString(), e);
            }
            implementation.setAccessible(true);
            try {
                return implementation.invoke(behaviour, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }));
    }
}
