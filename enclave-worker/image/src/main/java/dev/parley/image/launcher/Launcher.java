package dev.parley.image.launcher;

/** Closes the process behind itself and starts the program that the boot script names. */
public final class Launcher {
    private static final int NOT_CLOSED = 70;

    private Launcher() {}

    /** The first argument is the main class; it gets the others. Without one, closing was all that was asked. */
    public static void main(String[] arguments) throws Throwable {
        var osArch = System.getProperty("os.arch", "");
        var kernel = new Kernel(osArch);
        if (!kernel.makeUnreadable() || !kernel.giveUpPrivileges() || !kernel.install(SyscallFilter.inner(osArch))) {
            System.err.println("launcher: the kernel refused to close this process");
            // Nothing of the program may run in a process that is still open.
            Runtime.getRuntime().halt(NOT_CLOSED);
        }
        if (arguments.length == 0) {
            return;
        }
        var main = Class.forName(arguments[0]).getMethod("main", String[].class);
        var rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            main.invoke(null, (Object) rest);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
