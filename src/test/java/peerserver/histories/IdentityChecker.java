package peerserver.histories;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import peerserver.histories.CreatedEntities.Identified;
import peerserver.histories.CreatedEntities.Own;

/**
 * Holds creations against what Datomic guarantees: an identity has one entity, whoever asks for it and how often; a tempid
 * without one names an entity that nobody else has; what was acknowledged is there, once and whole, and what was refused
 * is not.
 */
final class IdentityChecker {

    private final Collection<Creation> creations;
    private final CreatedEntities found;
    private final List<String> violations = new ArrayList<>();

    private IdentityChecker(Collection<Creation> creations, CreatedEntities found) {
        this.creations = creations;
        this.found = found;
    }

    /** What is wrong; nothing if the entities are as they have to be. */
    static List<String> violations(Collection<Creation> creations, CreatedEntities found) {
        IdentityChecker checker = new IdentityChecker(creations, found);
        checker.checkIdentities();
        checker.checkOwn();
        checker.creations.stream().collect(Collectors.groupingBy(Creation::tag)).forEach(checker::checkCreation);
        Set<String> tags = creations.stream().map(Creation::tag).collect(Collectors.toSet());
        found.own().stream()
                .filter(own -> !tags.contains(own.tag()))
                .forEach(own -> checker.violated("nobody sent", own));
        return checker.violations;
    }

    private void violated(String what, Object by) {
        violations.add(what + ": " + by);
    }

    private void checkIdentities() {
        Map<String, Long> entities = new HashMap<>();
        Map<Long, String> identities = new HashMap<>();
        for (Identified it : found.identified()) {
            Long other = entities.put(it.identity(), it.entity());
            if (other != null && other != it.entity()) {
                violated("two entities of one identity, the other " + other, it);
            }
            String another = identities.put(it.entity(), it.identity());
            if (another != null && !another.equals(it.identity())) {
                violated("two identities of one entity, the other " + another, it);
            }
        }
    }

    private void checkOwn() {
        Set<Long> entities =
                found.identified().stream().map(Identified::entity).collect(Collectors.toCollection(HashSet::new));
        Set<String> tags = new HashSet<>();
        for (Own own : found.own()) {
            if (!entities.add(own.entity())) {
                violated("an entity given twice", own);
            }
            if (!tags.add(own.tag())) {
                violated("doubled", own);
            }
        }
    }

    /** A transaction and all attempts to make it: whoever sends it again is to be told the same. */
    private void checkCreation(String tag, List<Creation> attempts) {
        Set<Outcome> outcomes = attempts.stream().map(Creation::outcome).collect(Collectors.toSet());
        boolean hasOwn = found.own().stream().anyMatch(own -> own.tag().equals(tag));
        boolean hasIdentified =
                found.identified().stream().anyMatch(it -> it.tag().equals(tag));
        if (hasOwn != hasIdentified) {
            violated("half of a transaction", attempts);
        }
        if (outcomes.contains(Outcome.REFUSED) && (hasOwn || outcomes.contains(Outcome.MADE))) {
            violated("refused, but made", attempts);
        }
        for (Creation attempt : attempts) {
            if (attempt.outcome() == Outcome.MADE
                    && !(found.own().contains(new Own(attempt.own(), tag))
                            && found.identified()
                                    .contains(new Identified(attempt.identified(), attempt.identity(), tag)))) {
                violated("not there as it was acknowledged", attempt);
            }
        }
    }
}
