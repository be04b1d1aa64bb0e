package dev.parley.enclave.engine;

/** Which people a pass is about, by words of their identities. The choices of the passes of a run share nobody. */
@FunctionalInterface
interface PeopleChoice {
    PeopleChoice EVERYBODY = (third, fourth) -> true;

    boolean includes(long third, long fourth);

    /** One of several parts of these people, about equally large. */
    default PeopleChoice part(int part, int parts) {
        return (third, fourth) -> Long.remainderUnsigned(fourth, parts) == part && includes(third, fourth);
    }
}
