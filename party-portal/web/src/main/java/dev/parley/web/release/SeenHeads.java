package dev.parley.web.release;

import dev.parley.protocol.log.TreeHead;
import java.util.Optional;

/** The newest head of each log that this broker saw: what an operator cannot make it forget. */
public interface SeenHeads {
    Optional<TreeHead> lastSeen(String origin);

    /**
     * Remembers {@code head}, which is not empty, unless a larger one is known already.
     *
     * @return false if another tree of the same size was seen: the log tells two stories
     */
    boolean advance(String origin, TreeHead head);
}
