type Owned = { id: string; tenantId: string };

/** Everything a tenant owns lies under its own prefix (product.md). */
export function imagePrefix(image: Owned): string {
  return `tenants/${image.tenantId}/images/${image.id}/`;
}

export function imageKey(image: Owned): string {
  return `${imagePrefix(image)}image`;
}

/** The path it is fetched under; also what its signature covers. */
export function imagePath(imageId: string): string {
  return `/api/images/${imageId}/file`;
}
