#!/bin/bash
# How long a start takes, from the command to ready and by phase: `src/bench/startup.sh [ROUNDS]`, after `bin/run` or
# `./mvnw package` has built all. The variants take turns; what is printed at the end are medians.
#
#   plain     payara-micro.jar as it comes, and the WAR without the build's help: no compiled core.async, no payara-web.xml
#   war       the same with the WAR as it is built
#   run       bin/run
#   run-jit1  bin/run with the quick compiler and the simple collector only, as the tests have it
#
# All phases are seen from outside: listening is the container booted, keys is the application starting, connected the
# peer library loaded and the database open, ready the first 200 of /health. cpu is what the JVM used of all processors.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-3}
port=${PORT:-8841}
work=$(mktemp -d)
pid=

# Ends the server that is running, if any.
stop() {
    [ -z "$pid" ] || { kill "$pid" && wait "$pid"; } 2>/dev/null || true
    pid=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cp "$root/target/peer-server.war" "$work/plain.war"
zip -q -d "$work/plain.war" WEB-INF/lib/clojure-aot.jar WEB-INF/payara-web.xml
cp "$root"/server-config/payara-micro/{preboot,postboot}.asadmin "$root/server-config/payara-micro/keys.json" "$work"
chmod 600 "$work/keys.json"
unzip -p "$root/target/launcher/peer.jar" datomic/transactor-key.jks >"$work/server.jks"

micro() {
    cd "$work"
    exec java -Djavax.net.ssl.keyStore=server.jks -Djavax.net.ssl.keyStorePassword=transactor \
        -Djavax.net.ssl.keyStoreType=JKS -Dpeerserver.keys.files=keys.json \
        -jar "$root/target/launcher/payara-micro.jar" --nohazelcast --disablephonehome \
        --prebootcommandfile preboot.asadmin --postbootcommandfile postboot.asadmin \
        --sslport "$port" --sslcert transactor --contextroot / --deploy "$1"
}

start() {
    case $1 in
        plain) micro plain.war ;;
        war) micro "$root/target/peer-server.war" ;;
        run) exec "$root/bin/run" -p "$port" -a k,s -d hello,datomic:mem://hello ;;
        run-jit1)
            export JAVA_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
            exec "$root/bin/run" -p "$port" -a k,s -d hello,datomic:mem://hello
            ;;
    esac
}

now() { date +%s%N; }

listening() { (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null; }
logged() { grep -q "$1" "$work/log"; }
healthy() { [ "$(curl -sk -o /dev/null -w '%{http_code}' "https://localhost:$port/health")" = 200 ]; }

# Waits for a phase and adds to the row how many seconds after the command it was over.
await() {
    until "$@"; do
        kill -0 "$pid" 2>/dev/null || { echo "$row: ended by itself:"; tail -n 5 "$work/log"; exit 1; } >&2
        sleep 0.03
    done
    row="$row $(echo "scale=2; ($(now) - $began) / 1000000000" | bc)"
}

measure() {
    ! listening || { echo "port $port is taken: PORT=N $0" >&2; exit 1; }
    row=$1
    began=$(now)
    start "$1" >"$work/log" 2>&1 &
    pid=$!
    await listening
    await logged 'access keys'
    await logged 'Connected datomic'
    await healthy
    echo "$row $(awk '{print ($14 + $15) / 100}' "/proc/$pid/stat")" | tee -a "$work/rows"
    stop
}

variants=${VARIANTS:-plain war run run-jit1}
echo "variant listening keys connected ready cpu"
for _ in $(seq "$rounds"); do
    for variant in $variants; do
        measure "$variant"
    done
done

echo 'medians'
for variant in $variants; do
    printf '%s' "$variant"
    for column in 2 3 4 5 6; do
        awk -v v="$variant" -v c="$column" '$1 == v { print $c }' "$work/rows" | sort -n |
            awk '{ x[NR] = $1 } END { printf " %.1f", (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'
    done
    echo
done
