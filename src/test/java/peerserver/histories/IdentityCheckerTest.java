package peerserver.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import peerserver.histories.CreatedEntities.Identified;
import peerserver.histories.CreatedEntities.Own;

/** Creations that are right, and ones of which one is wrong. */
class IdentityCheckerTest {

    private final List<Creation> creations = new ArrayList<>(List.of(
            new Creation("a", "one", Outcome.MADE, 1, 11),
            new Creation("b", "one", Outcome.MADE, 1, 12),
            new Creation("c", "two", Outcome.UNKNOWN, 0, 0),
            new Creation("d", "two", Outcome.REFUSED, 0, 0),
            new Creation("e", "two", Outcome.UNKNOWN, 0, 0)));
    private final Set<Identified> identified = new HashSet<>(
            Set.of(new Identified(1, "one", "a"), new Identified(1, "one", "b"), new Identified(2, "two", "c")));
    private final Set<Own> own = new HashSet<>(Set.of(new Own(11, "a"), new Own(12, "b"), new Own(13, "c")));

    private List<String> violations() {
        return IdentityChecker.violations(creations, new CreatedEntities(identified, own));
    }

    private void assertFound(String beginning) {
        assertThat(violations()).isNotEmpty().allMatch(violation -> violation.startsWith(beginning));
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void findsTwoEntitiesOfOneIdentity() {
        creations.add(new Creation("f", "two", Outcome.MADE, 3, 14));
        identified.add(new Identified(3, "two", "f"));
        own.add(new Own(14, "f"));

        assertFound("two entities of one identity");
    }

    @Test
    void findsTwoIdentitiesOfOneEntity() {
        creations.add(new Creation("f", "three", Outcome.MADE, 2, 14));
        identified.add(new Identified(2, "three", "f"));
        own.add(new Own(14, "f"));

        assertFound("two identities of one entity");
    }

    @Test
    void findsAnEntityThatWasGivenTwice() {
        creations.add(new Creation("f", "one", Outcome.MADE, 1, 13));
        identified.add(new Identified(1, "one", "f"));
        own.add(new Own(13, "f"));

        assertFound("an entity given twice");
    }

    @Test
    void findsATransactionThatWasMadeTwice() {
        own.add(new Own(14, "c"));

        assertFound("doubled");
    }

    @Test
    void findsWhatWasAcknowledgedAndIsNotThere() {
        creations.add(new Creation("f", "one", Outcome.MADE, 1, 14));

        assertFound("not there as it was acknowledged");
    }

    @Test
    void findsAnotherAnswerToTheSameTransaction() {
        creations.add(new Creation("a", "one", Outcome.MADE, 1, 14));

        assertFound("not there as it was acknowledged");
    }

    @Test
    void findsHalfATransaction() {
        identified.add(new Identified(2, "two", "e"));

        assertFound("half of a transaction");
    }

    @Test
    void findsWhatWasRefusedAndYetIsThere() {
        identified.add(new Identified(2, "two", "d"));
        own.add(new Own(14, "d"));

        assertFound("refused, but made");
    }

    @Test
    void findsWhatNobodySent() {
        own.add(new Own(14, "x"));

        assertFound("nobody sent");
    }
}
