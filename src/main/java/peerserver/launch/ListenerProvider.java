package peerserver.launch;

import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;
import org.jspecify.annotations.Nullable;

/**
 * Makes the launcher's own key and trust manager known by a name, which Payara's listener can be told to use. Nothing else
 * in the process asks for that name.
 */
final class ListenerProvider extends Provider {

    /** The algorithm by whose name the listener asks. */
    static final String ALGORITHM = "PeerServer";

    private static final long serialVersionUID = 1;

    ListenerProvider(KeyManager key, Optional<? extends TrustManager> clients) {
        super(ALGORITHM, "1", "The key of the peer server's listener, and whom it trusts");
        putService(new Given(this, "KeyManagerFactory", new Keys(key)));
        clients.ifPresent(trust -> putService(new Given(this, "TrustManagerFactory", new Trust(trust))));
    }

    /** A service that is there already, instead of a class to make it of. */
    private static final class Given extends Service {

        private final Object service;

        Given(Provider provider, String type, Object service) {
            super(provider, type, ALGORITHM, service.getClass().getName(), List.of(), Map.of());
            this.service = service;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return service;
        }
    }

    private static final class Keys extends KeyManagerFactorySpi {

        private final KeyManager key;

        Keys(KeyManager key) {
            this.key = key;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {
            // The key comes from elsewhere.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            // The key comes from elsewhere.
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {key};
        }
    }

    private static final class Trust extends TrustManagerFactorySpi {

        private final TrustManager trust;

        Trust(TrustManager trust) {
            this.trust = trust;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store) {
            // Whom to trust comes from elsewhere.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            // Whom to trust comes from elsewhere.
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {trust};
        }
    }
}
