package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.ExceptionInfo;
import clojure.lang.Keyword;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An anomaly as the client reports it: thrown by the synchronous API, put into the channel by the asynchronous one. */
record Failure(Object anomaly) {

    /** The failure that the call ends in; a call that succeeds fails the test. */
    static Failure of(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        assertThat(thrown).as("what the client threw").isInstanceOf(ExceptionInfo.class);
        return new Failure(((ExceptionInfo) thrown).getData());
    }

    /** The category without its namespace, for example {@code incorrect}. */
    String category() {
        Keyword category = (Keyword) Clj.get(anomaly, "cognitect.anomalies/category");
        assertThat((Object) category).as("category of %s", anomaly).isNotNull();
        assertThat(category.getNamespace()).isEqualTo("cognitect.anomalies");
        return category.getName();
    }

    String message() {
        return (String) Clj.get(anomaly, "cognitect.anomalies/message");
    }

    /** The engine's own name for what went wrong, {@code :db/error}. */
    Object dbError() {
        return Clj.get(anomaly, "db/error");
    }

    Failure hasCategory(String category) {
        assertThat(category()).as("category of %s", anomaly).isEqualTo(category);
        return this;
    }

    Failure hasDbError(String name) {
        assertThat(dbError()).as("error of %s", anomaly).isEqualTo(Clj.keyword("db.error/" + name));
        return this;
    }

    Failure says(String... parts) {
        assertThat(message()).contains(parts);
        return this;
    }
}
