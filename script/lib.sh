# Shared by script/setup, script/server and script/test (sourced, never run).
# Everything these commands make lives in the checkout's ignored .cache folder.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
CACHE=${OFFICE_CACHE:-$ROOT/.cache}
HOST=$CACHE/odoo                       # the unpacked Debian package
VENV=$CACHE/venv
PG=$CACHE/postgresql
DATA=$CACHE/data                       # Odoo's file store and sessions
# Odoo is compiled once, wherever the shell would have it; no folder of the source gets a trace.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$CACHE/pyc
SERIES=19.0
ADDONS=(office_functions office_functions_service office_functions_supervision)
# What the addons and the browser tests need of Odoo; loaded once into a template database.
HOST_MODULES=hr,mail,calendar,maintenance,portal,rating,web_tour
STEP=0

# -- talking ---------------------------------------------------------------------------

step() { STEP=$((STEP + 1)); printf '\033[1m[%d] %s\033[0m\n' "$STEP" "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
# fail SENTENCE [COMMAND]: what is wrong, and what to type.
fail() {
    printf '\n\033[31m%s\033[0m\n' "$1" >&2
    [ -z "${2:-}" ] || printf 'Run this, then start again:\n    %s\n' "$2" >&2
    exit 1
}
# quietly LOG SENTENCE COMMAND…: the command's output goes to a log that the sentence names on failure.
quietly() {
    local log=$1 sentence=$2
    shift 2
    mkdir -p "$CACHE/log"
    if ! "$@" >"$CACHE/log/$log" 2>&1 </dev/null; then
        fail "$sentence" "tail -n 30 '$CACHE/log/$log'    # says why"
    fi
}

# Whatever else goes wrong ends in a sentence, too.
set -o errtrace
trap '[ $BASH_SUBSHELL != 0 ] || fail "Stopped: “$BASH_COMMAND” failed." "df -h \"$CACHE\"    # is there space? What is above says more"' ERR

as_root() { [ "$(id -u)" = 0 ]; }
short_hash() { sha256sum | cut -c1-10; }

# -- the machine -----------------------------------------------------------------------

require_space() {
    local free
    mkdir -p "$CACHE" 2>/dev/null ||
        fail "The folder $CACHE cannot be written." "sudo chown -R \"\$USER\" '$ROOT'"
    free=$(df -Pm "$CACHE" | awk 'NR == 2 {print $4}')
    [ "$free" -ge "$1" ] ||
        fail "The disk holding $CACHE has ${free} MB free, and $1 MB are needed." "df -h '$CACHE'    # then delete what you can spare"
}

pg_bin() {
    local dir
    for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) /usr/bin /usr/local/bin; do
        [ -x "$dir/initdb" ] && { echo "$dir"; return; }
    done
    return 1
}

# The one without windows takes a seventh less computing for the same walk. Debian's
# command of that name is a shell that would not pass on the signal to end.
chromium_bin() {
    command -v /usr/lib/chromium/chromium-headless-shell google-chrome chromium chromium-browser google-chrome-stable |
        head -n 1
}

# The system's own before others: it is built to be quick, a sixth quicker in our tests.
# OFFICE_PYTHON=/path/to/python3.11 goes before it.
python_bin() {
    local candidate
    for candidate in "${OFFICE_PYTHON:-}" /usr/bin/python3.11 python3.11 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# missing_packages server|test: Debian packages whose files are not here.
missing_packages() {
    pg_bin >/dev/null || echo postgresql
    [ -n "${ODOO_BIN:-}" ] || python_bin >/dev/null || echo python3-venv
    command -v setpriv >/dev/null || echo util-linux
    [ -d /usr/share/fonts/opentype/noto ] && ls /usr/share/fonts/opentype/noto | grep -q SerifCJK || echo fonts-noto-cjk
    # Read whole first: a reader that stops early would make the pipe fail.
    local lib known
    known=$(/sbin/ldconfig -p)
    for lib in libpango-1.0-0:libpango-1.0.so.0 libpangoft2-1.0-0:libpangoft2-1.0.so.0 libharfbuzz-subset0:libharfbuzz-subset.so.0; do
        [[ $known == *"${lib#*:}"* ]] || echo "${lib%%:*}"
    done
    if [ "$1" = test ]; then
        [ -n "$(chromium_bin)" ] || echo chromium-headless-shell
        command -v pdftotext >/dev/null || echo poppler-utils
    fi
}

ensure_packages() {
    local missing
    missing=$(missing_packages "$1" | sort -u | tr '\n' ' ')
    [ -n "${missing// /}" ] || return 0
    as_root || fail "These Debian packages are missing: $missing" "sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    step "Installing Debian packages: $missing"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    quietly apt-update.log "Debian's package lists could not be fetched; is there a network?" "${apt[@]}" update
    # Debian's postgresql package would start a cluster of its own; ours is private, so it need not.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    # shellcheck disable=SC2086
    quietly apt-install.log "Debian's packages could not be installed." \
        "${apt[@]}" install -y --no-install-recommends $missing
}

# -- Odoo 19 ---------------------------------------------------------------------------

# An apt of our own: its lists, its cache, its (empty) idea of what is installed.
# write_private_apt SUITE: the mirror is the one the system itself uses.
write_private_apt() {
    local suite=$1 dir=$CACHE/apt/$1 mirror keyring
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -nE 's/^URIs:[[:space:]]*([^[:space:]]+).*/\1/p; s/^deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p' |
        grep -E '/debian/?$' | head -n 1)
    [ -n "$mirror" ] || fail "No Debian mirror is named in /etc/apt/sources.list or /etc/apt/sources.list.d." "ls /etc/apt/sources.list.d"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -r $keyring ] || fail "Debian's archive keys are missing, so packages cannot be checked." "sudo apt-get install -y debian-archive-keyring"
    mkdir -p "$dir"/{lists/partial,cache/archives/partial,empty/apt.conf.d,empty/preferences.d,state}
    : >"$dir/state/status"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$dir/sources.list"
    cat >"$dir/apt.conf" <<CONF
Dir::Etc "$dir/empty";
Dir::Etc::sourcelist "$dir/sources.list";
Dir::Etc::sourceparts "$dir/empty";
Dir::State "$dir/state";
Dir::State::lists "$dir/lists";
Dir::State::status "$dir/state/status";
Dir::Cache "$dir/cache";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "";
APT::Architecture "$(dpkg --print-architecture)";
CONF
    export APT_CONFIG=$dir/apt.conf
}

# fetch_into_host SUITE PACKAGE…: download (apt checks the signature), then unpack.
fetch_into_host() {
    local suite=$1 dir=$CACHE/apt/$1
    shift
    (
        write_private_apt "$suite"
        mkdir -p "$dir/debs"
        cd "$dir/debs"
        rm -f ./*.deb
        quietly "apt-$suite.log" "Debian's list of packages ($suite) could not be fetched; is there a network?" \
            apt-get -o APT::Update::Error-Mode=any update
        if [[ " $* " == *" odoo-19 "* ]]; then
            local version
            version=$(apt-cache policy odoo-19 | sed -nE 's/ *Candidate: *(.*)/\1/p')
            [[ $version == "$SERIES"* ]] || fail "Debian offers odoo-19 ${version:-not at all}, and $SERIES is needed." "ODOO_BIN=/path/to/odoo-bin script/server"
            note "odoo-19 $version"
        fi
        quietly "apt-$suite.log" "Packages could not be downloaded or their signature is wrong: $*" apt-get download "$@"
        for deb in ./*.deb; do
            quietly unpack.log "${deb#./} could not be unpacked." dpkg -x "$deb" "$HOST.new"
        done
        rm -f ./*.deb
    ) || exit 1
}

ensure_odoo() {
    if [ -n "${ODOO_BIN:-}" ]; then
        [ -f "$ODOO_BIN" ] || fail "ODOO_BIN names no file: $ODOO_BIN" "ODOO_BIN=/path/to/odoo-bin script/server"
        ODOO_BIN=$(realpath -s "$ODOO_BIN")    # the tests run in another folder
        return
    fi
    [ -e "$HOST/.complete" ] && return
    require_space 3000
    step "Getting Odoo $SERIES from Debian (122 MB, about a minute)"
    rm -rf "$HOST" "$HOST.new"
    mkdir -p "$HOST.new"
    # sid for Odoo and what its files link to; icons from the system's own release, whose paths Odoo expects.
    fetch_into_host sid odoo-19 fonts-montserrat fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b \
        libjs-jquery libjs-jquery-form libjs-underscore
    fetch_into_host "$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")" fonts-font-awesome
    # Debian leaves this non-free file out; the web client logs an error, which fails every browser test.
    local lost=$HOST.new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    if [ ! -e "$lost" ]; then
        mkdir -p "$(dirname "$lost")"
        echo "/* Left out of Debian's package: background blur in video calls is not available. */" >"$lost"
    fi
    touch "$HOST.new/.complete"
    mv "$HOST.new" "$HOST"
}

# Where `import odoo` finds the host; empty when the host's own Python knows.
host_path() {
    if [ -z "${ODOO_BIN:-}" ]; then
        echo "$HOST/usr/lib/python3/dist-packages"
    elif [ -d "$(dirname "$(readlink -f "$ODOO_BIN")")/odoo" ]; then
        dirname "$(readlink -f "$ODOO_BIN")"
    elif [ -d "$(dirname "$(readlink -f "$ODOO_BIN")")/../lib/python3/dist-packages/odoo" ]; then
        (cd "$(dirname "$(readlink -f "$ODOO_BIN")")/../lib/python3/dist-packages" && pwd -P)
    fi
}

# A running Odoo keeps its own Python: the venv only adds to it (ODOO_PYTHON, else the shebang's).
host_python() {
    if [ -n "${ODOO_PYTHON:-}" ]; then echo "$ODOO_PYTHON"; return; fi
    local shebang
    shebang=$(head -n 1 "$ODOO_BIN" | sed -nE 's/^#! *(.*)/\1/p')
    case "$shebang" in
        */env\ *) command -v "${shebang##* }" ;;
        "") command -v python3 ;;
        *) echo "${shebang%% *}" ;;
    esac
}

ensure_venv() {
    local lists=(requirements.txt) stamp python
    [ -n "${ODOO_BIN:-}" ] || lists=(script/requirements-odoo.txt requirements.txt)
    [ "$1" = test ] && lists+=(script/requirements-test.txt)
    stamp=$(cd "$ROOT" && { echo "${ODOO_BIN:-} ${ODOO_PYTHON:-}"; cat "${lists[@]}"; } | short_hash)
    [ -e "$VENV/.complete-$stamp" ] && return
    step "Installing Python packages (${lists[*]})"
    if [ ! -x "$VENV/bin/python" ] || [ "$(cat "$VENV/.host" 2>/dev/null)" != "${ODOO_BIN:-}" ]; then
        rm -rf "$VENV"
        if [ -n "${ODOO_BIN:-}" ]; then
            python=$(host_python)
            PYTHONPATH=$(host_path) quietly version.log "$ODOO_BIN does not start." "$python" "$ODOO_BIN" --version
            grep -q "Odoo Server $SERIES" "$CACHE/log/version.log" ||
                fail "$ODOO_BIN is not an Odoo $SERIES: $(tail -n 1 "$CACHE/log/version.log")" "ODOO_BIN=/path/to/odoo-bin script/server"
            quietly venv.log "No virtual environment could be made with $python." "$python" -m venv --system-site-packages "$VENV"
            "$python" -c 'import sys; print(*(p for p in sys.path if p.endswith("-packages")), sep="\n")' \
                >"$(echo "$VENV"/lib/python3*/site-packages)/odoo_host.pth"
        else
            python=$(python_bin) || fail "Python 3.11 with venv is needed (Debian 12 has it)." "sudo apt-get install -y python3-venv"
            quietly venv.log "No virtual environment could be made with $python." "$python" -m venv "$VENV"
        fi
        echo "${ODOO_BIN:-}" >"$VENV/.host"
    fi
    quietly pip.log "Python packages could not be installed; is there a network?" \
        "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
        $(cd "$ROOT" && printf -- "-r $ROOT/%s " "${lists[@]}")
    touch "$VENV/.complete-$stamp"
}

# -- PostgreSQL ------------------------------------------------------------------------

# As root the cluster runs as the system's postgres user, who must be able to reach its folder.
pg_run() {
    if as_root; then
        (cd / && setpriv --reuid postgres --regid postgres --clear-groups env HOME=/tmp "$@")
    else
        "$@"
    fi
}

pg_home() {
    local home=$PG
    if as_root && ! pg_run test -x "$(dirname "$CACHE")"; then
        home=/var/tmp/office-functions-$(echo "$CACHE" | short_hash)
    elif [ ${#home} -gt 75 ]; then         # a socket's path may have about 100 characters
        home=/tmp/office-functions-$(id -u)-$(echo "$CACHE" | short_hash)
    fi
    echo "$home"
}

ensure_postgresql() {
    local bin
    bin=$(pg_bin) || fail "PostgreSQL is not installed." "sudo apt-get install -y postgresql"
    PG=$(pg_home)
    export PGHOST=$PG/run PGUSER=odoo
    unset PGDATABASE PGPORT PGPASSWORD
    if [ ! -e "$PG/data/PG_VERSION" ]; then
        step "Making a private PostgreSQL cluster"
        rm -rf "$PG"
        mkdir -p -m 0755 "$(dirname "$PG")"
        mkdir -m 0700 "$PG"
        as_root && chown postgres:postgres "$PG"
        pg_run mkdir -m 0700 "$PG/run"
        quietly initdb.log "PostgreSQL's cluster could not be made." \
            pg_run "$bin/initdb" -D "$PG/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8
        # For demonstration and tests: nothing here must survive a power cut, so fsync is off.
        pg_run tee -a "$PG/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$PG/run'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
work_mem = 16MB
jit = off
max_connections = 100
CONF
    fi
    if ! pg_run "$bin/pg_ctl" -D "$PG/data" status >/dev/null 2>&1; then
        note "Starting PostgreSQL"
        quietly pg_ctl.log "PostgreSQL did not start (its log: $PG/data/server.log)." \
            pg_run "$bin/pg_ctl" -D "$PG/data" -l "$PG/data/server.log" -w -t 60 start
    fi
    PATH=$bin:$PATH
}

db_exists() { [ "$(psql -d postgres -tAc "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }
drop_db() {
    dropdb --force --if-exists "$1" 2>/dev/null
    rm -rf "${DATA:?}/filestore/$1"
}
copy_db() {
    createdb -T "$1" "$2"
    if [ -d "$DATA/filestore/$1" ]; then
        rm -rf "${DATA:?}/filestore/$2"
        cp -r "$DATA/filestore/$1" "$DATA/filestore/$2"
    fi
}

# -- running Odoo ----------------------------------------------------------------------

# write_conf [FOLDER]: more addons than the suite's own, for the tests.
write_conf() {
    mkdir -p "$DATA"
    local core
    core=$(host_path)
    CONF=$CACHE/odoo${1:+-test}.conf
    cat >"$CONF" <<TEXT
[options]
db_host = $PGHOST
db_user = odoo
data_dir = $DATA
addons_path = ${core:+$core/odoo/addons,}$ROOT${1:+,$1}
http_interface = 127.0.0.1
list_db = False
max_cron_threads = 1
TEXT
}

odoo() {
    PYTHONPATH="$(host_path)${PYTHONPATH:+:$PYTHONPATH}" "$VENV/bin/python" "${ODOO_BIN:-$HOST/usr/bin/odoo}" "$@"
}

# odoo_python DATABASE CODE: run some Python in Odoo's shell.
odoo_python() { odoo shell -c "$CONF" -d "$1" --no-http --log-level=warn <<<"$2"; }

# host_template KIND OPTIONS…: makes, once, a database holding Odoo's own modules; HOST_TEMPLATE names it.
host_template() {
    local kind=$1 key name
    shift
    key=$( (echo "$HOST_MODULES $*"; ls --time-style=full-iso -ld "${ODOO_BIN:-$HOST/.complete}") | short_hash)
    name=host_${kind}_$key
    if ! db_exists "$name"; then
        require_space 1500
        step "Preparing Odoo's own modules once (about a minute)"
        drop_db "$name.new"
        quietly "host-$kind.log" "Odoo's own modules could not be installed." \
            odoo server -c "$CONF" -d "$name.new" -i "$HOST_MODULES" --stop-after-init --no-http "$@"
        psql -q -d postgres -c "ALTER DATABASE \"$name.new\" RENAME TO \"$name\""
        [ ! -d "$DATA/filestore/$name.new" ] || mv "$DATA/filestore/$name.new" "$DATA/filestore/$name"
    fi
    HOST_TEMPLATE=$name
}
