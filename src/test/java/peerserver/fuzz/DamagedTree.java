package peerserver.fuzz;

import clojure.lang.BigInt;
import clojure.lang.ISeq;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Damages data in one place: any key, item or value of it, however deep. */
final class DamagedTree {

    private static final Object DROPPED = new Object();
    private static final int DEEP = 140;

    private final SplittableRandom random;
    private final Corpus corpus;
    private int untilDamage;

    private DamagedTree(SplittableRandom random, Corpus corpus, int untilDamage) {
        this.random = random;
        this.corpus = corpus;
        this.untilDamage = untilDamage;
    }

    /** A copy that differs in one place. */
    static @Nullable Object of(@Nullable Object tree, SplittableRandom random, Corpus corpus) {
        Object damaged = new DamagedTree(random, corpus, random.nextInt(size(tree))).copy(tree);
        return damaged == DROPPED ? null : damaged;
    }

    private static int size(@Nullable Object tree) {
        int size = 1;
        if (tree instanceof Map<?, ?> map) {
            size += map.entrySet().stream()
                    .mapToInt(entry -> size(entry.getKey()) + size(entry.getValue()))
                    .sum();
        } else if (tree instanceof Collection<?> items) {
            size += items.stream().mapToInt(DamagedTree::size).sum();
        }
        return size;
    }

    private @Nullable Object copy(@Nullable Object tree) {
        if (untilDamage-- == 0) {
            return damaged(tree);
        }
        if (tree instanceof Map<?, ?> map) {
            return copyOfMap(map);
        }
        if (tree instanceof Collection<?> items) {
            return like(items, copies(items));
        }
        return tree;
    }

    private Map<@Nullable Object, @Nullable Object> copyOfMap(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object newKey = copy(key);
            Object newValue = copy(value);
            if (newKey != DROPPED && newValue != DROPPED) {
                copy.put(newKey, newValue);
            }
        });
        return copy;
    }

    private List<@Nullable Object> copies(Collection<?> items) {
        List<@Nullable Object> copies = new ArrayList<>();
        for (Object item : items) {
            Object copy = copy(item);
            if (copy != DROPPED) {
                copies.add(copy);
            }
        }
        return copies;
    }

    private static Object like(Object original, List<@Nullable Object> items) {
        if (original instanceof Set) {
            return PersistentHashSet.create(items);
        }
        return original instanceof ISeq ? PersistentList.create(items) : PersistentVector.create(items);
    }

    private @Nullable Object damaged(@Nullable Object tree) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> DROPPED;
            case 2, 3 -> pick(Junk.VALUES);
            case 4 -> pick(Junk.KEYWORDS);
            case 5 -> pick(corpus.tokens());
            case 6 -> somewhereElse(pick(corpus.requests()));
            case 7 -> wrapped(tree, 1 + random.nextInt(3));
            case 8 -> random.nextInt(8) == 0 ? wrapped(tree, DEEP - random.nextInt(60)) : doubled(tree);
            default -> changed(tree);
        };
    }

    private @Nullable Object somewhereElse(@Nullable Object tree) {
        Object found = tree;
        while (random.nextInt(4) != 0) {
            if (found instanceof Map<?, ?> map && !map.isEmpty()) {
                found = pick(new ArrayList<>(map.values()));
            } else if (found instanceof Collection<?> items && !items.isEmpty()) {
                found = pick(new ArrayList<>(items));
            }
        }
        return found;
    }

    private @Nullable Object wrapped(@Nullable Object tree, int levels) {
        int kind = random.nextInt(4);
        Object wrapped = tree;
        for (int i = 0; i < levels; i++) {
            List<@Nullable Object> one = Collections.singletonList(wrapped);
            wrapped = switch (kind) {
                case 0 -> PersistentVector.create(one);
                case 1 -> PersistentList.create(one);
                case 2 -> PersistentHashSet.create(one);
                default -> Collections.singletonMap(Keyword.intern("a"), wrapped);
            };
        }
        return wrapped;
    }

    private static Object doubled(@Nullable Object tree) {
        List<@Nullable Object> twice = new ArrayList<>();
        if (tree instanceof Collection<?> items) {
            twice.addAll(items);
            twice.addAll(items);
            return like(tree, twice);
        }
        twice.addAll(Collections.nCopies(2, tree));
        return PersistentVector.create(twice);
    }

    private @Nullable Object changed(@Nullable Object tree) {
        if (tree instanceof Long number) {
            return changedNumber(number);
        }
        if (tree instanceof String text) {
            return changedText(text);
        }
        if (tree instanceof Keyword keyword) {
            return random.nextBoolean() ? keyword.toString() : keyword.sym;
        }
        if (tree instanceof List<?> items) {
            return changedList(items);
        }
        if (tree instanceof Map<?, ?> map) {
            return random.nextBoolean()
                    ? new ArrayList<>(map.entrySet().stream()
                            .map(entry -> PersistentVector.create(entry.getKey(), entry.getValue()))
                            .toList())
                    : new ArrayList<>(map.values());
        }
        return pick(Junk.VALUES);
    }

    private Object changedNumber(long number) {
        return switch (random.nextInt(8)) {
            case 0 -> -number;
            case 1 -> number + 1;
            case 2 -> number * 1_000_003;
            case 3 -> (double) number;
            case 4 -> BigInt.fromBigInteger(BigInteger.valueOf(number));
            case 5 -> BigDecimal.valueOf(number);
            case 6 -> Long.toString(number);
            default -> random.nextLong();
        };
    }

    private String changedText(String text) {
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(at);
            case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
            case 3 -> text + text;
            default -> text.repeat(1 + random.nextInt(40));
        };
    }

    private Object changedList(List<?> items) {
        List<@Nullable Object> copy = new ArrayList<>(items);
        switch (random.nextInt(4)) {
            case 0 -> Collections.reverse(copy);
            case 1 -> {
                return PersistentHashSet.create(copy);
            }
            case 2 -> {
                return PersistentList.create(copy);
            }
            default -> copy.add(random.nextInt(copy.size() + 1), pick(Junk.VALUES));
        }
        return PersistentVector.create(copy);
    }

    private <T extends @Nullable Object> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
