// On lists of posts and the page of a post: c makes the current post a case.
(() => {
  const open = () => {
    const button = document.querySelector('.ol-post.is-current [data-act="case"]') ?? document.querySelector('.ls-side [data-act="case"]');
    button?.click();
    return Boolean(button);
  };
  window.outlisten?.keys?.({ c: open });
})();
