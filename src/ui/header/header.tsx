import './header.css'
import { GalleryButton } from '../gallery/gallery-button.tsx'
import { TourButton } from '../tour/tour-button.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export function Header({ withGallery }: { readonly withGallery: boolean }) {
  return (
    <header className="header">
      <svg className="header-mark" viewBox="5 7 22 18" aria-hidden="true">
        <g className="header-mark-diffusion">
          <rect x="5" y="7" width="6" height="8" rx="1.5" />
          <rect x="13" y="7" width="6" height="8" rx="1.5" opacity=".35" />
          <rect x="21" y="7" width="6" height="8" rx="1.5" opacity=".8" />
        </g>
        <g className="header-mark-autoregressive">
          <rect x="5" y="17" width="6" height="8" rx="1.5" />
          <rect x="13" y="17" width="6" height="8" rx="1.5" />
          <rect x="21" y="17" width="6" height="8" rx="1.5" opacity=".25" />
        </g>
      </svg>
      <h1>Diffuscope</h1>
      <p>Watch a diffusion language model think, beside the same weights writing left to right.</p>
      <div className="header-actions">
        {withGallery && <a href="./learn.html">Learn</a>}
        {withGallery && <TourButton />}
        {withGallery && <GalleryButton />}
        <ThemeToggle />
      </div>
    </header>
  )
}
