/** A producer that Leat makes in Kafka's own package, since Kafka lets nobody else hand in what looks up hosts. */
package org.apache.kafka.clients.producer;
