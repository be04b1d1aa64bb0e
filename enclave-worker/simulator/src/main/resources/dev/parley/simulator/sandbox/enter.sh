# Runs as root. Joins the enclave's control groups and enters a user namespace that root owns and that has nobody in it
# but the enclave's user: a process of that user outside is neither its owner nor in it, so it cannot trace what is inside.
# Arguments: the user, the folders of the control groups in one word, then the command, which runs as nobody yet.
set -eu
user=$1 groups=$2
shift 2
# What a shell starts beside itself would read from /dev/null.
exec 3<&0
for group in $groups; do echo $$ > "$group/cgroup.procs"; done
# shellcheck disable=SC2016
unshare --user --keep-caps -- /bin/sh -c 'until read -r _ < /proc/self/gid_map; do :; done; exec "$@"' sh "$@" <&3 3<&- &
inside=$!
# Refused until the namespace is there, which is a moment later.
until echo "$user $user 1" > "/proc/$inside/uid_map"; do kill -0 "$inside"; done 2> /dev/null
echo "$user $user 1" > "/proc/$inside/gid_map"
wait "$inside"
