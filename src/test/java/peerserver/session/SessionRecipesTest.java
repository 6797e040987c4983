package peerserver.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import peerserver.chunk.TokenKey;
import peerserver.chunk.TokenOwner;
import peerserver.config.ClusterConfig;
import peerserver.security.Caller;
import peerserver.security.Fake;

class SessionRecipesTest {

    private static final TokenOwner OWNER = owner("key");
    private static final ClusterConfig CONFIG = new ClusterConfig(true, 3, 100, 1, 1);

    private final FakeSession session = new FakeSession();
    private final FakeRequest request = new FakeRequest();
    private final SessionRecipes recipes = recipes();

    private static TokenOwner owner(String name) {
        return new Caller(name, List.of(), List.of(TokenKey.derive(name, "secret")));
    }

    private SessionRecipes recipes() {
        return new SessionRecipes(Fake.of(HttpServletRequest.class, request), CONFIG, Duration.ofMinutes(5));
    }

    private void kept(String id, String sealed) {
        SessionRecipes next = recipes();
        next.keep(OWNER, id, sealed);
        next.save();
    }

    private @Nullable String found(String id) {
        return recipes().find(OWNER, id);
    }

    @Test
    void aRequestThatKeepsNothingHasNoSession() {
        assertThat(recipes.find(OWNER, "a")).isNull();
        assertThat(recipes.save()).isFalse();
        assertThat(request.asked).isZero();
    }

    @Test
    void aRecipeMakesTheSessionWithTheAnswerAndIsFoundByTheNextRequest() {
        recipes.keep(OWNER, "a", "sealed");

        assertThat(request.asked).isZero();
        assertThat(recipes.find(OWNER, "a")).isEqualTo("sealed");
        assertThat(recipes.save()).isTrue();
        assertThat(session.idleSeconds).isEqualTo(300);
        assertThat(found("a")).isEqualTo("sealed");
        assertThat(session.attributes.values()).containsExactly("sealed");
    }

    @Test
    void anAnswerIsHeldUntilTheSessionIsReplicatedWheneverThereIsOne() {
        kept("a", "sealed");

        assertThat(recipes.save()).isTrue();
    }

    @Test
    void aRecipeIsOfItsOwner() {
        kept("a", "sealed");

        assertThat(recipes().find(owner("other"), "a")).isNull();
    }

    @Test
    void theOnesKeptLastStay() {
        for (String id : List.of("a", "b", "c", "d")) {
            kept(id, "sealed " + id);
        }

        assertThat(found("a")).isNull();
        assertThat(found("b")).isEqualTo("sealed b");
        assertThat(session.attributes).hasSize(3);
    }

    @Test
    void aRecipeKeptAgainTakesThePlaceOfTheOneBefore() {
        for (String id : List.of("a", "b", "c", "a", "d")) {
            kept(id, id.equals("a") ? "sealed anew" : "sealed " + id);
        }

        assertThat(found("a")).isEqualTo("sealed anew");
        assertThat(found("b")).isNull();
        assertThat(session.attributes).hasSize(3);
    }

    @Test
    void sessionsAreBoundedInBytes() {
        kept("a", "a".repeat(60));
        kept("b", "b".repeat(30));
        kept("c", "c".repeat(60));
        kept("d", "d".repeat(101));

        assertThat(found("a")).isNull();
        assertThat(found("b")).hasSize(30);
        assertThat(found("c")).hasSize(60);
        assertThat(found("d")).isNull();
    }

    @Test
    void aSessionThatHasEndedMeanwhileHarmsNoRequest() {
        kept("a", "sealed");
        session.ended = true;
        recipes.keep(OWNER, "b", "sealed");

        assertThat(recipes.find(OWNER, "a")).isNull();
        assertThat(recipes.save()).isTrue();
    }

    @Test
    void onceLookedForItIsFoundWithoutTheRequest() {
        kept("a", "sealed");
        recipes.look();
        int asked = request.asked;

        assertThat(recipes.find(OWNER, "a")).isEqualTo("sealed");
        assertThat(request.asked).isEqualTo(asked);
    }

    @SuppressWarnings("unused") // called by their names
    private final class FakeRequest {

        private int asked;

        @Nullable String getRequestedSessionId() {
            return session.begun ? "id" : null;
        }

        @Nullable HttpSession getSession(boolean create) {
            asked++;
            boolean isNew = !session.begun;
            session.begun |= create;
            session.isNew = isNew;
            return session.begun ? Fake.of(HttpSession.class, session) : null;
        }
    }

    @SuppressWarnings("unused") // called by their names
    private static final class FakeSession {

        private final Map<String, Object> attributes = new HashMap<>();
        private boolean begun;
        private boolean isNew;
        private boolean ended;
        private int idleSeconds;

        private void check() {
            if (ended) {
                throw new IllegalStateException("invalidated");
            }
        }

        boolean isNew() {
            check();
            return isNew;
        }

        void setMaxInactiveInterval(int seconds) {
            idleSeconds = seconds;
        }

        Enumeration<String> getAttributeNames() {
            check();
            return Collections.enumeration(List.copyOf(attributes.keySet()));
        }

        @Nullable Object getAttribute(String name) {
            check();
            return attributes.get(name);
        }

        void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        void removeAttribute(String name) {
            attributes.remove(name);
        }
    }
}
