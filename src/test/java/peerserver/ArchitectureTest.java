package peerserver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTest {

    private static final String ROOT = "peerserver";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** The rooms, what each may know of the others and of the world, and how many classes it has at least. */
    private enum Room {
        WIRE(
                20,
                List.of(),
                "com.cognitect.transit..",
                "com.fasterxml.jackson.core..",
                "org.msgpack.core..",
                "clojure.lang"),
        FORM(5, List.of("wire"), "clojure.lang"),
        CONFIG(5, List.of(), "org.eclipse.microprofile.config..", "jakarta.enterprise..", "jakarta.inject"),
        PROCESS(1, List.of()),
        WORK(2, List.of("config", "process"), "jakarta.annotation", "jakarta.enterprise..", "jakarta.inject"),
        CLUSTER(
                5,
                List.of("work", "config"),
                "jakarta.annotation",
                "jakarta.enterprise..",
                "jakarta.inject",
                "jakarta.servlet.."),
        AUDIT(2, List.of("config"), "jakarta.inject", "jakarta.json.."),
        DB(
                15,
                List.of("wire", "form", "config", "work"),
                "clojure.lang",
                "jakarta.annotation",
                "jakarta.enterprise..",
                "jakarta.inject"),
        DB_PEER(
                8,
                List.of("db", "wire", "form", "config", "work"),
                "datomic",
                "clojure.java.api",
                "clojure.lang",
                "jakarta.annotation",
                "jakarta.inject"),
        DB_LOCAL(
                8,
                List.of("db", "wire", "form", "config", "work"),
                "clojure.java.api",
                "clojure.lang",
                "jakarta.inject"),
        CODE(8, List.of("wire", "form", "db", "config"), "clojure.lang", "jakarta.inject"),
        CHUNK(
                8,
                List.of("wire", "db", "config", "work", "cluster"),
                "at.favre.lib.hkdf",
                "clojure.lang",
                "jakarta.inject"),
        SECURITY(
                15,
                List.of("wire", "chunk", "audit", "config", "work"),
                "jakarta.annotation",
                "jakarta.enterprise..",
                "jakarta.inject",
                "jakarta.json..",
                "jakarta.security.enterprise..",
                "jakarta.servlet.."),
        SESSION(2, List.of("chunk", "config"), "jakarta.inject", "jakarta.servlet.http"),
        OP(
                25,
                List.of("wire", "form", "code", "db", "chunk", "security", "audit", "work", "config"),
                "clojure.lang",
                "jakarta.annotation",
                "jakarta.enterprise.inject",
                "jakarta.inject"),
        HTTP(
                2,
                List.of("op", "wire", "security", "chunk", "session", "audit", "work", "config"),
                "clojure.lang",
                "jakarta.inject",
                "jakarta.servlet.."),
        HEALTH(
                2,
                List.of("db", "op", "security", "work", "cluster"),
                "org.eclipse.microprofile.health..",
                "jakarta.enterprise..",
                "jakarta.inject",
                "jakarta.json.bind..",
                "jakarta.servlet.."),
        GRID(
                1,
                List.of("op", "config", "work"),
                "jakarta.annotation",
                "jakarta.enterprise.inject",
                "jakarta.inject",
                "javax.cache.."),
        API(
                4,
                List.of("db", "op", "security", "wire", "audit", "work", "chunk", "cluster"),
                "jakarta.enterprise.context",
                "jakarta.inject",
                "jakarta.json.bind..",
                "jakarta.servlet..",
                "jakarta.ws.rs.."),
        METRICS(
                1,
                List.of("work", "op", "config", "chunk", "cluster"),
                "org.eclipse.microprofile.metrics..",
                "jakarta.enterprise.context",
                "jakarta.enterprise.event"),
        OPERATE(1, List.of("db", "db.peer", "db.local", "wire")),
        LAUNCH(0, List.of(), "..");

        private final int leastClasses;
        private final List<String> knows;
        private final List<String> libraries;

        Room(int leastClasses, List<String> knows, String... libraries) {
            this.leastClasses = leastClasses;
            this.knows = knows;
            this.libraries = List.of(libraries);
        }

        String packageName() {
            return ROOT + '.' + name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
        }

        String[] allowed() {
            List<String> allowed = new ArrayList<>(libraries);
            allowed.addAll(List.of(packageName(), "java..", "javax..", "org.jspecify.annotations"));
            knows.forEach(room -> allowed.add(ROOT + '.' + room));
            return allowed.toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoomKnowsNothingButWhatTheTableSays(Room room) {
        if (room != Room.LAUNCH) {
            classes()
                    .that()
                    .resideInAPackage(room.packageName())
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(room.allowed()))
                    .check(CLASSES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoomHasTheClassesThatTheTableIsAbout(Room room) {
        assertThat(classesIn(room.packageName())).hasSizeGreaterThanOrEqualTo(room.leastClasses);
    }

    @Test
    void theTableKnowsEveryPackage() {
        Set<String> rooms = Arrays.stream(Room.values()).map(Room::packageName).collect(Collectors.toSet());

        assertThat(packages().map(JavaPackage::getName)).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void theLauncherAndTheApplicationKnowNothingOfEachOtherButTheirProcess() {
        noClasses()
                .that()
                .resideInAPackage("peerserver.launch..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("peerserver..")
                        .and(not(resideInAnyPackage("peerserver.launch..", "peerserver.process"))))
                .allowEmptyShould(true)
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("peerserver.launch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("peerserver.launch..")
                .check(CLASSES);
    }

    @Test
    void roomsFormNoCycles() {
        slices().matching("peerserver.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheRoomOfThePeerLibraryTouchesIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages("peerserver.db.peer", "peerserver.launch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("datomic..")
                .check(CLASSES);
    }

    @Test
    void onlyTheRoomsThatAnswerHttpKnowServlets() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "peerserver.http",
                        "peerserver.session",
                        "peerserver.cluster",
                        "peerserver.health",
                        "peerserver.api",
                        "peerserver.security",
                        "peerserver.launch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Impl", "Manager", "Util", "Utils", "Helper"})
    void namesSayWhatAClassIs(String suffix) {
        noClasses().should().haveSimpleNameEndingWith(suffix).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages()).isNotEmpty().allSatisfy(javaPackage -> assertThat(
                        javaPackage.isAnnotatedWith(NullMarked.class))
                .as(javaPackage.getName())
                .isTrue());
    }

    private static Stream<JavaPackage> packages() {
        return CLASSES.getPackage(ROOT).getSubpackagesInTree().stream()
                .filter(Predicate.not(javaPackage -> javaPackage.getClasses().isEmpty()));
    }

    private static List<String> classesIn(String packageName) {
        return CLASSES.stream()
                .filter(candidate -> candidate.getPackageName().equals(packageName)
                        && !candidate.getSimpleName().equals("package-info"))
                .map(candidate -> candidate.getSimpleName())
                .toList();
    }
}
