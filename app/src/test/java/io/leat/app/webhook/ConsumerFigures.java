package io.leat.app.webhook;

import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What Kafka's consumers in this process say of themselves. */
final class ConsumerFigures {

    private ConsumerFigures() {}

    /** A figure of those whose client id ends with the name of a feed, together; 0 where there is none yet. */
    static double sum(String feed, String type, String attribute) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName readers = new ObjectName("kafka.consumer:type=" + type + ",client-id=*-" + feed);
        double sum = 0;
        for (ObjectName reader : beans.queryNames(readers, null)) {
            for (Object each : beans.getAttributes(reader, new String[] {attribute})) {
                sum += (double) ((Attribute) each).getValue();
            }
        }
        return sum;
    }
}
