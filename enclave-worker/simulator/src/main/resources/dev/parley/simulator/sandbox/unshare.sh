# Runs as root of a new user namespace, with its own mounts: builds the root folder of the enclave, and enters it in a
# second user namespace, whose user is not root and so loses every capability when it starts the program.
# Arguments: an empty folder, the unpacked image, the door, the inner user, the program and its arguments.
set -eu
root=$1 image=$2 door=$3 user=$4
shift 4
mount --make-rprivate /
mount -t tmpfs -o mode=755,size=1m,nosuid,nodev tmpfs "$root"
for folder in "$image"/*; do
  mkdir "$root/${folder##*/}"
  mount --bind "$folder" "$root/${folder##*/}"
  mount -o remount,bind,ro,nosuid,nodev "$root/${folder##*/}"
done
mkdir -p "$root/proc" "$root/dev" "$root/run/enclave"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
for device in null random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount --bind "$door" "$root/run/enclave"
mount -o remount,bind,ro,nosuid,nodev,noexec "$root/run/enclave"
mount -o remount,bind,ro,nosuid,nodev "$root"
# The old root lies below this one from here on: nothing inside can name it.
unshare=$(command -v unshare)
cd "$root"
exec env -i "$unshare" --user --map-user="$user" --map-group="$user" --root=. --wd=/ -- "$@"
