package dev.parley.enclave.securitymodule;

import dev.parley.protocol.encoding.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A module that says what it was told to say, in order, and remembers what it was asked. */
final class ScriptedModule {
    private final List<Bytes> requests = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Bytes> responses = new ArrayDeque<>();

    ScriptedModule answering(Bytes... inOrder) {
        responses.addAll(List.of(inOrder));
        return this;
    }

    /** The next answer; none where the script has ended, as of a module that has gone away. */
    synchronized Optional<Bytes> answer(Bytes request) {
        requests.add(request);
        return Optional.ofNullable(responses.poll());
    }

    List<Bytes> requests() {
        return List.copyOf(requests);
    }
}
