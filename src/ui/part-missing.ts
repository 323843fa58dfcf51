/** Code of the page that is fetched when it is wanted, and didn't come. */
export const PART_MISSING =
  'This part of the page could not be fetched. Check the connection and try again; if it stays so, reload the page.'
