package ai.pollux.content.document;

/**
 * A page of a PDF.
 *
 * @param number counted from 1
 * @param text its text in reading order, as the file has it; empty for a scanned page
 * @param width columns of its picture; 0 where none was asked for
 * @param height rows of its picture
 * @param rgb three bytes for each pixel, row by row: length {@code 3 · width · height}
 */
public record PdfPage(int number, String text, int width, int height, byte[] rgb) {}
