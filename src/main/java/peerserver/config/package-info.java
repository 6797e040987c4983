/**
 * Configuration records, read once from MicroProfile Config; every default and unit is stated here. Knows the JDK
 * and MicroProfile.
 */
@NullMarked
package peerserver.config;

import org.jspecify.annotations.NullMarked;
