# Read by the commands beside it: finds a JDK 17, sets JAVA_HOME, and builds $root where its sources are newer than the
# build. Whoever reads this has a function fail.

# Prints the home of a java command when it belongs to a Java 17.
java_17_home() {
    "$1" -XshowSettings:properties -version 2>&1 | awk -F ' = ' '
        $1 ~ /^ *java.home$/ { home = $2 }
        $1 ~ /^ *java.specification.version$/ { version = $2 }
        END { if (version == "17") print home }'
}

java_home=
if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java_home=$(java_17_home "$JAVA_HOME/bin/java")
fi
if [ -z "$java_home" ] && command -v java >/dev/null 2>&1; then
    java_home=$(java_17_home java)
fi
[ -n "$java_home" ] || fail 'needs a JDK 17: set JAVA_HOME to one, or put its bin directory on the PATH'
JAVA_HOME=$java_home
export JAVA_HOME

war=$root/target/peer-server.war
launcher=$root/target/launcher/peer-server-launcher.jar

stale() {
    [ ! -f "$war" ] || [ ! -f "$launcher" ] ||
        [ -n "$(cd "$root" && find pom.xml src/main src/build -newer "$war" 2>/dev/null | head -n 1)" ]
}

if stale; then
    [ -x "$JAVA_HOME/bin/javac" ] || fail "needs a JDK 17 to build, and $JAVA_HOME has no compiler"
    mkdir -p "$root/target" || fail "cannot write to $root"
    log=$root/target/build.log
    printf 'peer-server: building, which takes a while the first time; the log is %s\n' "$log" >&2
    (cd "$root" && ./mvnw -B -ntp -q -DskipTests package) >"$log" 2>&1 </dev/null || fail "the build failed, see $log"
fi
